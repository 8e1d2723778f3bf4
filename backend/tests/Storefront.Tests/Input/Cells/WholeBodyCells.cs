using System.Text;
using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Cells;

/// <summary>What can be wrong with a body as a whole, whatever is in it.</summary>
internal static class WholeBodyCells
{
    private const string Json = "application/json";

    public static IEnumerable<Cell> Of(Operation operation, Samples samples) =>
        operation.Body is null ? [Unasked(operation, samples)] : Kinds(operation, samples).Concat(Encodings(operation, samples)).Concat(Unknown(operation, samples));

    // Nobody reads it.
    private static Cell Unasked(Operation operation, Samples samples) =>
        new(operation, "body", "one that nobody asked for", Expected.Taken, samples.Target(operation), "{"u8.ToArray());

    private static IEnumerable<Cell> Kinds(Operation operation, Samples samples)
    {
        yield return Cell("empty", Expected.Refused("", "required"), []);
        foreach (var (kind, text) in ((string, string)[])[("white space", " \r\n\t "), ("null", "null")]) yield return Cell(kind, Expected.RefusedAtOrBelow(""), Bytes(text));
        foreach (var text in (string[])["[]", "[{}]", "\"text\"", "42", "true", "\"\""]) yield return Cell($"another kind, {text}", Expected.RefusedAtOrBelow("", "type"), Bytes(text));
        foreach (var text in (string[])["{", "}", "[", "{]", "[}", "{,}", "{'a':1}", "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "//x\n{}", "/*x*/{}", "{}{}", "{} x", "\u0001{}", "nul", "{\"a\":tru}"])
            yield return Cell($"no JSON, {text}", Expected.RefusedAtOrBelow("", "syntax"), Bytes(text));
        var whole = Bytes(samples.Body(operation)!);
        foreach (var length in (int[])[1, 2, whole.Length / 4, whole.Length / 2, whole.Length * 3 / 4, whole.Length - 2, whole.Length - 1])
            yield return Cell($"cut off behind byte {length}", Expected.RefusedAtOrBelow("", "syntax"), whole[..length]);
        yield return Cell("10 MB", Expected.Answered(413), new byte[10 * 1024 * 1024]);
        yield return Cell("one byte too long", Expected.Answered(413), [.. whole, .. Encoding.ASCII.GetBytes(new string(' ', Storefront.Hosting.Limits.MaxBodyBytes + 1 - whole.Length))]);
        yield return Cell("as long as may be", Expected.Taken, [.. whole, .. Encoding.ASCII.GetBytes(new string(' ', Storefront.Hosting.Limits.MaxBodyBytes - whole.Length))]);
        foreach (var type in (string?[])[null, "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream"])
            yield return Cell($"content type {type ?? "missing"}", Expected.Answered(415), whole, type);

        Cell Cell(string kind, Expected expected, byte[] body, string? type = Json) => new(operation, "body", kind, expected, samples.Target(operation), body, type);
    }

    private static IEnumerable<Cell> Encodings(Operation operation, Samples samples)
    {
        var text = samples.Body(operation)!;
        yield return Cell("UTF-8 with a byte order mark", Expected.Taken, [0xEF, 0xBB, 0xBF, .. Bytes(samples.Body(operation)!)]);
        yield return Cell("nothing but a byte order mark", Expected.RefusedAtOrBelow(""), [0xEF, 0xBB, 0xBF]);
        yield return Cell("UTF-8 that says so", Expected.Taken, Bytes(samples.Body(operation)!), $"{Json}; charset=utf-8");
        yield return Cell("UTF-16 that says so", Expected.Taken, Encoding.Unicode.GetBytes(samples.Body(operation)!), $"{Json}; charset=utf-16");
        yield return Cell("UTF-16 that does not say so", Expected.RefusedAtOrBelow(""), Encoding.Unicode.GetBytes(text));
        yield return Cell("UTF-16 with a byte order mark that does not say so", Expected.RefusedAtOrBelow(""), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]);
        yield return Cell("UTF-32", Expected.RefusedAtOrBelow(""), Encoding.UTF32.GetBytes(text));
        yield return Cell("UTF-16 that ends within a character", Expected.RefusedAtOrBelow(""), Encoding.Unicode.GetBytes(text)[..^1], $"{Json}; charset=utf-16");
        yield return Cell("an encoding that nobody knows", Expected.Answered(400, 415), Bytes(text), $"{Json}; charset=klingon");
        foreach (var (kind, bytes) in ((string, byte[])[])
            [("a surrogate as three bytes", [0xED, 0xA0, 0x80]), ("an overlong NUL", [0xC0, 0x80]), ("half a character", [0xC3]), ("a byte that can't be", [0xFF]), ("beyond Unicode", [0xF4, 0x90, 0x80, 0x80])])
            yield return Cell(kind, Expected.RefusedAtOrBelow("", "encoding"), [.. Bytes(text[..^1]), .. ",\"zzz\":\""u8, .. bytes, .. "\"}"u8]);

        Cell Cell(string kind, Expected expected, byte[] body, string type = Json) => new(operation, "body", kind, expected, samples.Target(operation), body, type);
    }

    private static IEnumerable<Cell> Unknown(Operation operation, Samples samples)
    {
        yield return Cell("a value", Expected.Taken, "\"zzz\":[1,{\"a\":null}]");
        yield return Cell("NUL", Expected.Refused("/zzz", "text"), "\"zzz\":\"\\u0000\"");
        yield return Cell("half a pair", Expected.RefusedAtOrBelow("/zzz", "text"), "\"zzz\":{\"deep\":[\"\\ud83d\"]}");
        yield return Cell("a whole pair", Expected.Taken, "\"zzz\":\"\\ud83d\\ude00\"");
        foreach (var name in (string[])["a\\u0000b", "\\ud800", "\\udc00\\ud800", "\\ud800\\u0000", "\\u0000\\ud800", "\\ud800\\n"])
            yield return Cell($"the name {name}", Expected.RefusedAtOrBelow("", "text"), $"\"{name}\":1");
        yield return Cell("a 10,000-deep list", Expected.RefusedAtOrBelow("/zzz", "depth"), $"\"zzz\":{new string('[', 10_000)}{new string(']', 10_000)}");
        yield return Cell("100,000 levels that never end", Expected.RefusedAtOrBelow(""), $"\"zzz\":{new string('[', 100_000)}");
        yield return Cell("1e1000000000", Expected.Taken, "\"zzz\":1e1000000000");
        yield return Cell("20,000 members", Expected.RefusedAtOrBelow("", "members"), string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"\"z{n}\":0")));
        yield return Cell("a very long name", Expected.Taken, $"\"{new string('z', 50_000)}\":0");

        Cell Cell(string kind, Expected expected, string members) => new(
            operation, "an unknown member", kind, expected, samples.Target(operation), Bytes($"{samples.Body(operation)![..^1]},{members}}}"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
