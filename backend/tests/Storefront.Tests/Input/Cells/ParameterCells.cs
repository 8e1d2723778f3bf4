using System.Globalization;
using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Cells;

/// <summary>Each parameter of an operation with each kind of text in its place.</summary>
internal static class ParameterCells
{
    public static IEnumerable<Cell> Of(Operation operation, Samples samples)
    {
        foreach (var parameter in operation.Parameters)
        {
            // Whatever it holds is taken: what names no version costs a body.
            if (parameter is { In: "header", Name: "If-None-Match" }) continue;
            if (parameter is { In: "header", Name: "If-Match" })
            {
                foreach (var cell in EntityTags(operation, parameter, samples)) yield return cell;
                continue;
            }

            if (parameter is { In: "header", Name: "Idempotency-Key" })
            {
                foreach (var cell in Keys(operation, parameter, samples)) yield return cell;
                continue;
            }

            Assert.True(parameter.In is "query" or "path", $"{operation} takes {parameter.Key}: {nameof(ParameterCells)} does not know how to send that.");
            foreach (var (kind, text, expected) in Texts(parameter, samples.Sample(operation, parameter) ?? ""))
                yield return new(operation, parameter.Key, kind, expected, samples.Target(operation, parameter, text), samples.Body(operation) is { } body ? BodyCells.Bytes(body) : null);
        }
    }

    private static IEnumerable<Cell> EntityTags(Operation operation, Parameter parameter, Samples samples)
    {
        foreach (var text in (string[])["x", "7", "\"7", "7\"", "\"7\" \"8\"", "*, \"7\"", "\"7\", x", "*, *"])
            yield return WithHeader(operation, parameter, samples, "no entity tag", Expected.Refused(parameter.Key, "binding"), text);
        yield return WithHeader(operation, parameter, samples, "whatever is there", Expected.Taken, " * ");
    }

    private static IEnumerable<Cell> Keys(Operation operation, Parameter parameter, Samples samples)
    {
        foreach (var text in (string[])["a b", "\"", "\"a", "\"\"", "\"a\"b", "\"a\\b\"", new('k', (parameter.Schema.MaxLength ?? 0) + 1)])
            yield return WithHeader(operation, parameter, samples, "no key", Expected.Refused(parameter.Key, "binding"), text);
        yield return WithHeader(operation, parameter, samples, "a key", Expected.Taken, Guid.NewGuid().ToString());
        yield return WithHeader(operation, parameter, samples, "a key in quotes", Expected.Taken, $"\"{Guid.NewGuid()}\"");
        yield return WithHeader(operation, parameter, samples, "the longest key", Expected.Taken, new('k', parameter.Schema.MaxLength ?? 0));
    }

    private static Cell WithHeader(Operation operation, Parameter parameter, Samples samples, string kind, Expected expected, string line) => new(
        operation, parameter.Key, kind, expected, samples.Target(operation), samples.Body(operation) is { } body ? BodyCells.Bytes(body) : null, Header: (parameter.Name, line));

    private static IEnumerable<(string Kind, string? Text, Expected Expected)> Texts(Parameter parameter, string sample)
    {
        var (key, schema) = (parameter.Key, parameter.Schema);
        var absent = parameter.Required ? Expected.Refused(key, "required") : Expected.Taken;
        var texts = schema switch
        {
            { Kind: "integer" } => Numbers(key, schema, sample).Concat(Whole(key, sample)),
            { Kind: "number" } => Numbers(key, schema, sample),
            { IsScalar: true } => Scalars(key, schema, sample),
            _ => Strings(key, schema),
        };
        return texts.Concat(parameter.In is "path" ? InPath(schema) : InQuery(key, sample, absent));
    }

    // What a server itself refuses before any routing: a problem document is not asked for.
    private static IEnumerable<(string, string?, Expected)> InPath(Schema schema)
    {
        yield return ("NUL", "%00", Expected.Answered(400));
        if (schema.IsScalar) yield return ("spaces", "%20%20", Expected.Answered(400));
    }

    private static IEnumerable<(string, string?, Expected)> InQuery(string key, string sample, Expected absent)
    {
        var name = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        yield return ("missing", null, absent);
        yield return ("empty", "", absent);
        yield return ("spaces", "%20%20", absent);
        yield return ("NUL", $"{sample}%00", Expected.Refused(key));
        yield return ("twice", $"{sample}&{name}={sample}", Expected.Refused(key, "duplicate"));
        yield return ("twice with different values", $"{sample}&{name}=x", Expected.Refused(key));
        yield return ("bytes that are no UTF-8", $"{sample}%FF%FE", Expected.Refused(key));
        yield return ("a surrogate as three bytes", $"{sample}%ED%A0%80", Expected.Refused(key));
        yield return ("half an escape", $"{sample}%4", Expected.Refused(key));
    }

    private static IEnumerable<(string, string?, Expected)> Strings(string key, Schema schema)
    {
        if (schema.MaxLength is { } most) yield return ("one character too long", new('x', most + 1), Expected.Refused(key));
    }

    private static IEnumerable<(string, string?, Expected)> Scalars(string key, Schema schema, string sample)
    {
        foreach (var text in (string[])["x", "0", "-1", "true", "%7B%7D", "%5B%5D", "1e400", "NaN", new('9', 1_000), $"{sample}x"]) yield return ("another kind", text, Expected.Refused(key, "type"));
        if (schema.Format is not "uuid") yield break;
        yield return ("without hyphens", sample.Replace("-", "", StringComparison.Ordinal), Expected.Refused(key, "type"));
        yield return ("in braces", $"%7B{sample}%7D", Expected.Refused(key, "type"));
        yield return ("with full-width digits", $"%EF%BC%90{sample[1..]}", Expected.Refused(key, "type"));
        yield return ("in capitals", sample.ToUpperInvariant(), Expected.Taken);
    }

    private static IEnumerable<(string, string?, Expected)> Whole(string key, string sample)
    {
        yield return ("a fraction", $"{sample}.5", Expected.Refused(key));
        yield return ("a whole number with a point", $"{sample}.0", Expected.Taken);
        yield return ("a whole number with an exponent", $"{sample}0e-1", Expected.Taken);
        yield return ("a long that is no int", "99999999999", Expected.Refused(key));
    }

    private static IEnumerable<(string, string?, Expected)> Numbers(string key, Schema schema, string sample)
    {
        yield return ("spaces around it", $"+{sample}%20", Expected.Taken);
        if (schema.Minimum is { } least) yield return ("below the least", (least - 1).ToString(CultureInfo.InvariantCulture), Expected.Refused(key, "range"));
        if (schema.Maximum is { } most) yield return ("above the most", (most + 1).ToString(CultureInfo.InvariantCulture), Expected.Refused(key, "range"));
        foreach (var text in (string[])
            ["x", "true", "null", "NaN", "Infinity", "1e400", "1e1000000000", "0x2a", "1,000", "1_000", "4+2", "%2B5", "042", "%EF%BC%94", "%D9%A4", "%C2%BD", "1e", "--1", "(1)", "%5B1%5D", "%7B%7D", "%F0%9F%9A%80", "1;DROP", new('9', 1_000)])
            yield return ("no number", text, Expected.Refused(key));
    }
}
