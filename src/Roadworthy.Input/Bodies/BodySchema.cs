using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Bodies;

/// <summary>What a type takes as JSON. Immutable, for any number of threads.</summary>
internal sealed class BodySchema
{
    /// <summary>System.Text.Json's own default where the options say 0.</summary>
    private const int DefaultMaxDepth = 64;

    private static readonly ConditionalWeakTable<JsonTypeInfo, BodySchema> OfTypes = [];

    private BodySchema(JsonTypeInfo typeInfo, Slot root)
    {
        TypeInfo = typeInfo;
        Root = root;
        CanBeScanned = CleanScan.Knows(root);
        var options = typeInfo.Options;
        MaxDepth = options.MaxDepth == 0 ? DefaultMaxDepth : options.MaxDepth;

        // The reader's own limit is off: an exception would end the report at the first deep member.
        ReaderOptions = new JsonReaderOptions { MaxDepth = int.MaxValue, CommentHandling = options.ReadCommentHandling, AllowTrailingCommas = options.AllowTrailingCommas };
    }

    /// <summary>The host's own description of the type.</summary>
    public JsonTypeInfo TypeInfo { get; }

    public Slot Root { get; }

    /// <summary>A <see cref="CleanScan"/> knows all kinds of values that this body can hold.</summary>
    public bool CanBeScanned { get; }

    public int MaxDepth { get; }

    public JsonReaderOptions ReaderOptions { get; }

    /// <param name="typeInfo">The body's type, as the host's JSON options describe it.</param>
    /// <param name="parameter">
    /// The handler's parameter: says whether the elements of a list as body may be null. Null: they may. With it the schema is built anew.
    /// </param>
    /// <exception cref="NotSupportedException">The host's JSON options can't describe a part of the type.</exception>
    /// <exception cref="InvalidOperationException">The type breaks a rule of System.Text.Json, such as two members of one name.</exception>
    public static BodySchema For(JsonTypeInfo typeInfo, ParameterInfo? parameter = null)
    {
        typeInfo.MakeReadOnly();
        return parameter is null ? OfTypes.GetValue(typeInfo, static type => Build(type, null)) : Build(typeInfo, parameter);
    }

    private static BodySchema Build(JsonTypeInfo typeInfo, ParameterInfo? parameter) =>
        new(typeInfo, new SchemaBuilder(typeInfo.Options).Root(typeInfo, parameter));
}
