using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>What is expected of an answer of success.</summary>
internal enum Expectation
{
    /// <summary>Nothing: only a crash or a refusal without a word tells anything.</summary>
    None,

    /// <summary>It is read back as what was sent.</summary>
    Kept,

    /// <summary>As <see cref="Kept"/>; whether it is taken at all is compared between the places of the API.</summary>
    TextForValue,

    /// <summary>As where it is left out.</summary>
    AsMissing,

    /// <summary>The description forbids it.</summary>
    Refused,
}

/// <summary>One way to change a value.</summary>
/// <param name="Id">In recipes and fingerprints: the same for the same way in every run.</param>
/// <param name="Raw">JSON, as it stands; null for left out.</param>
/// <param name="Said">What it is, in a report.</param>
/// <param name="IsEarly">Whether it is tried before all that is not.</param>
internal sealed record Change(string Id, string? Raw, string Said, Expectation Expects = Expectation.Kept, bool IsEarly = false)
{
    /// <summary>The id of what stands in an address and can't be decoded.</summary>
    public const string Undecodable = "undecodable";

    public int Turn => Expects is Expectation.TextForValue ? 0 : IsEarly ? 1 : 2;

    /// <summary>Whether it is the form that is wrong, so that a refusal must say of which field: what is refused for a reason of the business has a sentence of its own.</summary>
    public bool IsForm => Id is "text" or "text-true" or "text-false" or "object" or "list" or "word" or "nan" or "empty" or "null" or "number" or "fraction" or "missing" or "choice" or "no-date" or "too-long" or "too-short";

    /// <summary>The same for what an operation takes: what is known by requests alone, that went by, is forbidden by nobody.</summary>
    public static IEnumerable<Change> Of(BodyField field, ApiOperation operation)
    {
        var changes = Of(field, operation.Method is "PATCH");
        return operation.IsLearned ? changes.Select(change => change.Expects is Expectation.Refused ? change with { Expects = Expectation.None } : change) : changes;
    }

    /// <summary>Those that a field's value is worth, the most telling first.</summary>
    public static IEnumerable<Change> Of(BodyField field, bool isPartial)
    {
        var changes = field.Kind switch
        {
            FieldKind.Integer or FieldKind.Number => Numbers(field),
            FieldKind.Boolean => Booleans(),
            FieldKind.Date or FieldKind.Instant => Times(field),
            FieldKind.Reference => References(field),
            FieldKind.Secret => [Object, Nul with { Expects = Expectation.None }, Number with { Expects = Expectation.None }, Null],
            FieldKind.Choice => [new("choice", "\"no-such-choice\"", "a value that is none of those described", Expectation.Refused, IsEarly: true), Object, Null],
            _ => Texts(),
        };
        foreach (var change in changes) yield return change;
        if (!isPartial && field is { Required: true, Schema.Default: null } && field.Kind is not FieldKind.Secret) yield return new("missing", null, "left out", Expectation.Refused, IsEarly: true);
        foreach (var change in Limits(field)) yield return change;
    }

    private static Change Object { get; } = new("object", "{\"a\":1}", "an object in place of a scalar", IsEarly: true);

    private static Change List { get; } = new("list", "[]", "a list in place of a scalar");

    private static Change Nul { get; } = new("nul", "\"a\\u0000b\"", "text with a NUL", IsEarly: true);

    private static Change Null { get; } = new("null", "null", "null", Expectation.None);

    private static Change Number { get; } = new("number", "42", "a number in place of text");

    private static IEnumerable<Change> Numbers(BodyField field)
    {
        yield return new("text", JsonSerializer.Serialize(field.Value.ToString()), "the number as text", Expectation.TextForValue, IsEarly: true);
        yield return Object;
        yield return new("negative", "-1", "-1", Expectation.None, IsEarly: true);
        if (field.Kind is FieldKind.Integer) yield return new("big", "3000000000", "a number beyond 32 bits", IsEarly: true);
        yield return new("word", "\"abc\"", "text that holds no number");
        yield return new("huge", "1e400", "1e400");
        if (field.Kind is FieldKind.Integer) yield return new("fraction", "1.5", "a fraction for a whole number");
        yield return new("nan", "\"NaN\"", "\"NaN\"");
        yield return new("empty", "\"\"", "an empty text", Expectation.AsMissing);
        yield return new("null", "null", "null", Expectation.AsMissing);
        yield return List;
        yield return new("decimal-text", JsonSerializer.Serialize(field.Value.ToString().Contains('.', StringComparison.Ordinal) ? field.Value.ToString() : field.Value + ".0"), "text with a decimal point", Expectation.Kept);
    }

    private static IEnumerable<Change> Booleans() =>
    [
        new("text-false", "\"false\"", "false as text", Expectation.TextForValue, IsEarly: true), new("text-true", "\"true\"", "true as text", Expectation.TextForValue, IsEarly: true),
        Object, new("word", "\"maybe\"", "text that is neither true nor false"), Null, new("empty", "\"\"", "an empty text", Expectation.None),
    ];

    private static IEnumerable<Change> Times(BodyField field)
    {
        if (field.Kind is FieldKind.Instant)
        {
            yield return new("offset", "\"2030-05-17T18:00:00+01:00\"", "a time with another offset than UTC", IsEarly: true);
            yield return new("no-offset", "\"2030-05-17T10:30:00\"", "a time without an offset", Expectation.None);
            yield return new("year-0", "\"0000-01-01T00:00:00Z\"", "the year 0000", Expectation.None);
        }

        yield return new("no-date", field.Kind is FieldKind.Date ? "\"2030-02-30\"" : "\"2030-02-30T10:30:00Z\"", "a day that does not exist", IsEarly: true);
        yield return new("word", "\"abc\"", "text that is no date", IsEarly: true);
        yield return Object;
        yield return new("empty", "\"\"", "an empty text", Expectation.None);
        yield return Null;
    }

    private static IEnumerable<Change> References(BodyField field)
    {
        var isNumber = field.Value.GetValueKind() is JsonValueKind.Number;
        if (!isNumber) yield return Nul with { Expects = Expectation.None };
        if (isNumber) yield return new("nowhere", "2147480000", "the id of nothing", Expectation.None, IsEarly: true);
        else if (Guid.TryParse(field.Value.ToString(), out _)) yield return new("nowhere", "\"7d9f1c2b-5a64-4c1e-9a3f-0b6e2d8c4f10\"", "the id of nothing", Expectation.None, IsEarly: true);
        yield return new("word", "\"abc\"", "text that is no id", Expectation.None, IsEarly: true);
        yield return Object with { Expects = Expectation.None };
        yield return Null;
        if (isNumber) yield return new("big", "3000000000", "a number beyond 32 bits", Expectation.None);
    }

    private static IEnumerable<Change> Texts() =>
    [
        Nul, new("surrogate", "\"a\\ud800b\"", "text with half of a surrogate pair", IsEarly: true), Object, Number, new("long", JsonSerializer.Serialize(new string('x', 5000)), "5,000 characters"),
        Null, new("empty", "\"\"", "an empty text", Expectation.None), List,
    ];

    /// <summary>Just outside of what the description allows.</summary>
    private static IEnumerable<Change> Limits(BodyField field)
    {
        if (field.Schema is not { } schema || field.Kind is FieldKind.Secret or FieldKind.Reference) yield break;
        if (schema.Minimum is { } least) yield return new("below", Text(schema.ExclusiveMinimum ? least : least - 1), "below the described minimum", Expectation.Refused, IsEarly: true);
        if (schema.Maximum is { } most and < 1_000_000_000_000) yield return new("above", Text(schema.ExclusiveMaximum ? most : most + 1), "above the described maximum", Expectation.Refused, IsEarly: true);
        if (field.Kind is not FieldKind.Text) yield break;
        if (schema.MaxLength is { } longest and < 20_000) yield return new("too-long", JsonSerializer.Serialize(field.Value.ToString() + new string('x', Math.Max(1, longest + 1 - field.Value.ToString().Length))), "longer than is described", Expectation.Refused);
        if (schema.MinLength is { } shortest and > 0) yield return new("too-short", JsonSerializer.Serialize(new string('x', shortest - 1)), "shorter than is described", Expectation.Refused);
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
