using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api;

/// <summary>
/// What a description says about a value, whichever version of which format said it: references are resolved, <c>allOf</c> is merged,
/// <c>oneOf</c> and <c>anyOf</c> are <see cref="Alternatives"/>. A graph that may have cycles: whoever walks it counts depth.
/// </summary>
internal sealed class Schema
{
    /// <summary>The name of the component, for a schema that was referenced by one.</summary>
    public string? Name { get; set; }

    public SchemaTypes Types { get; set; }

    public bool Nullable { get; set; }

    /// <summary>As written: <c>uuid</c>, <c>date-time</c>, <c>email</c>, <c>int64</c>, <c>binary</c>, or anything that somebody invented.</summary>
    public string? Format { get; set; }

    public string? Description { get; set; }

    /// <summary>The values that are allowed; empty where any is.</summary>
    public List<JsonNode?> Enum { get; } = [];

    public decimal? Minimum { get; set; }

    public decimal? Maximum { get; set; }

    public bool ExclusiveMinimum { get; set; }

    public bool ExclusiveMaximum { get; set; }

    public decimal? MultipleOf { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    /// <summary>A regular expression of ECMAScript's kind, as written: it may be none.</summary>
    public string? Pattern { get; set; }

    public Dictionary<string, Schema> Properties { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>What further properties are; null where nothing is said of them.</summary>
    public Schema? Additional { get; set; }

    public Schema? Items { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool UniqueItems { get; set; }

    /// <summary>One of these applies besides what stands here.</summary>
    public List<Schema> Alternatives { get; } = [];

    /// <summary>The property that tells the alternatives apart, or null.</summary>
    public string? Discriminator { get; set; }

    /// <summary>The discriminator's value of an alternative, where it is not the alternative's name.</summary>
    public Dictionary<string, Schema> DiscriminatorValues { get; } = new(StringComparer.Ordinal);

    public JsonNode? Default { get; set; }

    public List<JsonNode> Examples { get; } = [];

    /// <summary>Only in answers.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Only in requests.</summary>
    public bool WriteOnly { get; set; }

    public bool IsObject => Types.HasFlag(SchemaTypes.Object) || (Types is SchemaTypes.Any && (Properties.Count > 0 || Additional is not null));

    public bool IsArray => Types.HasFlag(SchemaTypes.Array) || (Types is SchemaTypes.Any && Items is not null);

    /// <summary>Also where its text is taken too, as ASP.NET Core says of all numbers.</summary>
    public bool IsNumeric => (Types & (SchemaTypes.Integer | SchemaTypes.Number)) != 0;

    /// <summary>A file's content rather than text.</summary>
    public bool IsBinary => Format is "binary" or "byte-stream" || (Types is SchemaTypes.Any && Format is "file");
}
