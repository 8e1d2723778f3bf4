using System.Globalization;
using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Cells;

/// <summary>Every kind of value for a place in a body: as JSON, with what has to come of it there.</summary>
internal static class BadValues
{
    /// <summary>A byte that is no UTF-8, in a body's text.</summary>
    public const char WrongByte = '\uE0FF';

    private const string Sentinel = "\"sentinel-4711\"";

    public static IEnumerable<(string Kind, string Json, Expected Expected)> For(Member member, string sample)
    {
        var (key, schema) = (member.Pointer, member.Schema);
        var empty = member.Needed ? Expected.Refused(key, "required") : Expected.Taken;
        IEnumerable<(string, string, Expected)> common =
        [
            ("null", "null", empty),
            ("a 10,000-deep list", new string('[', 10_000) + new string(']', 10_000), Expected.RefusedAtOrBelow(key)),
            ("a 10,000-deep object", Repeat("{\"a\":", 10_000) + "1" + new string('}', 10_000), Expected.RefusedAtOrBelow(key)),
            ("a list of itself", $"[{sample}]", Expected.RefusedAtOrBelow(key)),
            ("bytes that are no UTF-8", $"\"{WrongByte}{WrongByte}\"", Expected.RefusedAtOrBelow("", "encoding")),
            ("a bare word", "sentinel", Expected.RefusedAtOrBelow("", "syntax")),
        ];
        // Nothing in a list is an empty list.
        if (!member.IsElement) common = common.Append(("nothing at all", "", Expected.RefusedAtOrBelow("", "syntax")));
        return common.Concat(schema switch
        {
            { Kind: "object" } => [("\"\"", "\"\"", Expected.Refused(key, "type")), .. Wrong(key, Sentinel, "7", "true", "[]")],
            { Kind: "array" } => [("\"\"", "\"\"", Expected.Refused(key, "type")), .. Wrong(key, Sentinel, "7", "true", "{}"), .. Lists(key, schema, sample)],
            { IsScalar: true } => [("\"\"", "\"\"", empty), ("spaces", "\"   \"", empty), .. Scalars(key, schema, sample)],
            _ => [.. Wrong(key, "7", "1e400", "true", "{}", "[]"), .. Texts(member, sample)],
        });
    }

    private static IEnumerable<(string, string, Expected)> Scalars(string key, Schema schema, string sample) => schema.Kind switch
    {
        "integer" => [.. Wrong(key, Sentinel, "true", "{}", "[]"), .. Numbers(key, schema, sample), .. Whole(key, sample)],
        "number" => [.. Wrong(key, Sentinel, "true", "{}", "[]"), .. Numbers(key, schema, sample)],
        "boolean" => [.. Wrong(key, Sentinel, "0", "1", "{}", "[]", "\"yes\"", "\"1\""), ("text in capitals", "\" TRUE \"", Expected.Taken)],
        _ => [.. Wrong(key, Sentinel, "true", "1.5", "{}", "[]", "\"0\"")],
    };

    private static IEnumerable<(string, string, Expected)> Wrong(string key, params string[] values) =>
        values.Select(value => ($"another kind, {value}", value, Expected.Refused(key, "type")));

    private static IEnumerable<(string, string, Expected)> Lists(string key, Schema schema, string sample)
    {
        if (schema.MinItems > 0) yield return ("no element", "[]", Expected.Refused(key));
        if (schema.MaxItems is not { } most) yield break;
        yield return ("too many elements", $"[{string.Join(',', Enumerable.Repeat(sample[1..^1], most + 1))}]", Expected.Refused(key));
    }

    private static IEnumerable<(string, string, Expected)> Texts(Member member, string sample)
    {
        var (key, schema) = (member.Pointer, member.Schema);
        yield return ("\"\"", "\"\"", member.Needed ? Expected.Refused(key) : schema.MinLength > 0 ? Expected.RefusedAtOrBelow(key) : Expected.Taken);
        if (member.Needed) yield return ("spaces", $"\"{new string(' ', Math.Max(schema.MinLength ?? 0, 3))}\"", Expected.Refused(key));
        yield return ("every character escaped", $"\"{string.Concat(sample[1..^1].Select(c => $"\\u{(int)c:x4}"))}\"", Expected.Taken);
        foreach (var (kind, text) in BadTexts) yield return (kind, $"{sample[..^1]}{text}\"", Expected.Refused(key, "text"));
        yield return ("a raw NUL", $"{sample[..^1]}\0\"", Expected.RefusedAtOrBelow("", "syntax"));
        yield return ("a raw line feed", $"{sample[..^1]}\n\"", Expected.RefusedAtOrBelow("", "syntax"));
        yield return ("an escape that is none", $"{sample[..^1]}\\x41\"", Expected.RefusedAtOrBelow("", "syntax"));
        yield return ("half an escape", $"{sample[..^1]}\\u00", Expected.RefusedAtOrBelow("", "syntax"));
        if (schema.MaxLength is { } most)
        {
            yield return ("one character too long", $"\"{new string('x', most + 1)}\"", Expected.Refused(key));
            yield return ("a hundred thousand characters", $"\"{new string('x', 100_000)}\"", Expected.Refused(key));
        }

        if (schema.MinLength is > 1) yield return ("one character too short", $"\"{new string('x', schema.MinLength.Value - 1)}\"", Expected.Refused(key));
    }

    private static readonly (string Kind, string Text)[] BadTexts =
    [
        ("NUL", @"\u0000"), ("NUL in the middle", @"\u0000x"), ("half a surrogate pair", @"\ud83d"), ("the other half of a pair", @"\ude00"),
        ("half a pair in the middle", @"\uD83Dx"), ("a pair the wrong way round", @"\ude00\ud83d"), ("half a pair, then NUL", @"\ud83d\u0000"),
    ];

    private static IEnumerable<(string, string, Expected)> Whole(string key, string sample)
    {
        yield return ("a fraction", $"{sample}.5", Expected.Refused(key));
        yield return ("a fraction as text", $"\"{sample}.5\"", Expected.Refused(key));
        yield return ("a whole number with a point", $"{sample}.0", Expected.Taken);
        yield return ("a whole number with an exponent", $"{sample}0e-1", Expected.Taken);
        yield return ("a whole number with a point as text", $"\" {sample}.000 \"", Expected.Taken);
        yield return ("a long that is no int", "99999999999", Expected.Refused(key));
        yield return ("a long that is no int, as text", "\"99999999999\"", Expected.Refused(key));
    }

    private static IEnumerable<(string, string, Expected)> Numbers(string key, Schema schema, string sample)
    {
        yield return ("a number as text", $"\"{sample}\"", Expected.Taken);
        yield return ("a number as text with spaces", $"\" \\t{sample}\\n \"", Expected.Taken);
        if (schema.Minimum is { } least) yield return ("below the least", (least - 1).ToString(CultureInfo.InvariantCulture), Expected.Refused(key, "range"));
        if (schema.Maximum is { } most) yield return ("above the most", (most + 1).ToString(CultureInfo.InvariantCulture), Expected.Refused(key, "range"));
        foreach (var text in (string[])["1e400", "-1e400", "1e1000000000", new string('9', 1_000)]) yield return ("a number beyond any bound", text, Expected.Refused(key));
        foreach (var text in BadNumbers) yield return ("a text that is no number", $"\"{text}\"", Expected.Refused(key));
        foreach (var text in (string[])["NaN", "Infinity", "+1", "042", ".5", "1.", "0x2a", "1_000", "-"]) yield return ("a bare word for a number", text, Expected.RefusedAtOrBelow("", "syntax"));
    }

    private static readonly string[] BadNumbers =
    [
        "NaN", "Infinity", "-Infinity", "1e400", "0x2a", "1,000", "1.000,5", "1_000", "4 2", "+5", "042", "１", "٤٢", "一", "½", "1e", "--1", "1-", "(1)", "$1", "1\\u0000", "\\ud83d",
        "\\u00a01", "1;DROP", "true", "null", "[1]", new('9', 1_000),
    ];

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
