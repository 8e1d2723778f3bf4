namespace Roadworthy.Inspection.Driving;

/// <summary>What refusals have taught about one field of one operation.</summary>
internal sealed record FieldRule
{
    public bool Required { get; init; }

    /// <summary>The field must not be sent.</summary>
    public bool Drop { get; init; }

    /// <summary><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>array</c> or <c>object</c>.</summary>
    public string? Type { get; init; }

    /// <summary>As a schema's format: <c>email</c>, <c>uuid</c>, <c>uri</c>, <c>date</c>, <c>date-time</c>, <c>phone</c>, <c>password</c>.</summary>
    public string? Format { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>The value was there already: each further attempt takes another one.</summary>
    public bool Unique { get; init; }

    /// <summary>The value has to be that of something that exists.</summary>
    public bool Reference { get; init; }

    /// <summary>Others' are refused: it has to be the account of who asks.</summary>
    public bool Own { get; init; }

    /// <summary>The same value as another field's: a repeated password.</summary>
    public string? SameAs { get; init; }

    public FieldRule Add(FieldRule other) => new()
    {
        Required = Required || other.Required,
        Drop = (Drop || other.Drop) && !other.Required,
        Type = other.Type ?? Type,
        Format = other.Format ?? Format,
        Minimum = other.Minimum ?? Minimum,
        Maximum = other.Maximum ?? Maximum,
        MinLength = other.MinLength ?? MinLength,
        MaxLength = other.MaxLength ?? MaxLength,
        Pattern = other.Pattern ?? Pattern,
        OneOf = other.OneOf.Count > 0 ? other.OneOf : OneOf,
        Unique = Unique || other.Unique,
        Reference = Reference || other.Reference,
        Own = Own || other.Own,
        SameAs = other.SameAs ?? SameAs,
    };

    public bool Equals(FieldRule? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() =>
        string.Join(' ', Required, Drop, Type, Format, Minimum, Maximum, MinLength, MaxLength, Pattern, string.Join(',', OneOf), Unique, Reference, Own, SameAs);
}
