using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Rules;

/// <summary>
/// The host's JSON without what it insists on: a body that has errors is read all the same, so that rules can speak of the rest of it. Works by
/// changing descriptions, so source-generated contexts and AOT are served too.
/// </summary>
internal static class RelaxedJson
{
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Relaxed = [];

    public static JsonTypeInfo Of(JsonTypeInfo typeInfo) => Relaxed.GetValue(typeInfo.Options, Relax).GetTypeInfo(typeInfo.Type);

    private static JsonSerializerOptions Relax(JsonSerializerOptions options)
    {
        var relaxed = new JsonSerializerOptions(options)
        {
            RespectNullableAnnotations = false,
            RespectRequiredConstructorParameters = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(Relax),
        };
        relaxed.MakeReadOnly();
        return relaxed;
    }

    private static void Relax(JsonTypeInfo typeInfo)
    {
        if (typeInfo.Kind != JsonTypeInfoKind.Object) return;
        typeInfo.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        foreach (var property in typeInfo.Properties)
        {
            property.IsRequired = false;
            if (!property.PropertyType.IsValueType) property.IsSetNullable = true;
        }
    }
}
