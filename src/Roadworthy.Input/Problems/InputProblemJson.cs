using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Roadworthy.Input.Problems;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InputProblem))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class InputProblemJson : JsonSerializerContext
{
    /// <summary>Writes as ASP.NET Core does where nobody changed that.</summary>
    public static readonly InputProblemJson Web = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>Teaches the application's JSON options the problem, for applications without reflection too.</summary>
internal sealed class InputProblemJsonSetup : IPostConfigureOptions<JsonOptions>
{
    private static readonly IJsonTypeInfoResolver Resolver = InputProblemJson.Default.WithAddedModifier(KeepKeys);

    public void PostConfigure(string? name, JsonOptions options) => options.SerializerOptions.TypeInfoResolverChain.Insert(0, Resolver);

    /// <summary>A naming policy for keys would turn a pointer into one to nowhere.</summary>
    private static void KeepKeys(JsonTypeInfo type)
    {
        if (type.Type != typeof(InputProblem) || type.Options.DictionaryKeyPolicy is null) return;
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(IDictionary<string, string[]>)) property.CustomConverter = KeyedTextsConverter.Instance;
        }
    }
}
