namespace Storefront.Tests.Input.Mutations;

/// <summary>What breaks programs, to be put where something else stood.</summary>
internal static class Interesting
{
    public static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "42", "1.0", "4.2e1", "0.5", "1e400", "-1e400", "1e-400", "1e1000000000", "0e999999999", "2147483647", "2147483648", "-2147483649",
        "9223372036854775808", "99999999999999999999999999999", "NaN", "Infinity", "-", "+1", "042", ".5", "1.", "0x2a", "\"\"", "\" \"", "\"42\"", "\" 42.0 \"", "\"NaN\"", "\"1e400\"",
        "\"４２\"", "\"0x2a\"", "\"true\"", "\"2026-02-30T25:00:00Z\"", "\"2026-01-31\"", "\"00000000-0000-0000-0000-000000000000\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\\u12\"", "\"a@b\"", "\"a@example.com\"", "\"' OR 1=1 --\"", "\"<script>\"", "\"{}\"", "{}", "[]", "[[]]", "[null]", "{\"\":null}",
        "{\"$type\":\"x\"}", "[1,\"2\",{}]", "\"\u200b\"", "\"\ufeff\"", "\"\r\n\"", "\0", "", "'a'", "undefined", "/**/1", "\"", "{", "]", ",", ":",
        new('9', 400), $"\"{new string('x', 5_000)}\"", $"\"{new string('9', 1_000)}\"", new string('[', 500), new string('[', 80) + new string(']', 80), $"[{new string('1', 3)}{string.Concat(Enumerable.Repeat(",1", 200))}]",
    ];

    public static readonly string[] Names =
        ["\"\"", "\"zzz\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\ud800\\u0000\"", "\"__proto__\"", "\"$type\"", "\"$ref\"", "\"a/b~c\"", "\"Email\"", "\"EMAIL\"", "\"\\u0061ge\"", "a", "'a'", "1", "null", "{}"];

    /// <summary>Percent-encoded where it has to be.</summary>
    public static readonly string[] Texts =
    [
        "", "0", "1", "2", "-1", "500", "501", "4.2e1", "1.0", "1e400", "NaN", "%2B5", "+5+", "0x2a", "042", "1,000", "%EF%BC%94%EF%BC%92", "x", "true", "null", "%00", "1%00", "%0A", "%0D%0A", "%ED%A0%80", "%FF", "%C0%80",
        "%", "%4", "%zz", "%25", "%2F", "..", "%2e%2e", "//", "a%2Fb", ";", "&", "=", "#x", "%F0%9F%9A%80", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA_", "00000000-0000-0000-0000-000000000000", "{}", "[1]", "'",
        "%27%20OR%201=1", "99999999999999999999", new('9', 300), new('a', 41), new('a', 3_000),
    ];

    public static readonly string[] Bytes =
    [
        "\0", "\xFF", "\xFE\xFF", "\xEF\xBB\xBF", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80", "\xC3", "\xE2\x80", "\\u0000", "\\ud800", "\\", "\"", "{", "}", "[", "]", ",", ":", "//", "\r\n", "\t", " ", "-", "e", ".", "0",
        "null", "true", "\x7F", "\x1B",
    ];

    /// <summary>Names and values of headers.</summary>
    public static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Type", "application/json; charset=utf-16"), ("Content-Type", "application/json; charset=klingon"), ("Content-Type", "application/json;charset=\"utf-8\""), ("Content-Type", "application/merge-patch+json"),
        ("Content-Type", "text/plain"), ("Content-Type", "multipart/form-data; boundary="), ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Type", ";"), ("Content-Type", "application/json, text/plain"),
        ("Content-Type", ""), ("Content-Encoding", "gzip"), ("Content-Encoding", "br, identity"), ("Accept", "text/html"), ("Accept", "*/*;q=2"), ("Accept-Encoding", "gzip;q=x"), ("Accept-Language", "\xE4"),
        ("Authorization", ""), ("Authorization", "Bearer"), ("Authorization", "Bearer a.b.c"), ("Authorization", "Basic ="), ("Authorization", "Bearer \xFF"), ("If-Match", "*"), ("If-None-Match", "\"x"), ("Range", "bytes=1-0"),
        ("Host", "a:b:c"), ("Host", ""), ("X-Forwarded-For", "::1, x"), ("X-Forwarded-Proto", "gopher"), ("Origin", "null"), ("Cookie", "a=b; c"), ("traceparent", "00-0-0-0"), ("traceparent", "x"), ("baggage", "%"),
        ("X-HTTP-Method-Override", "DELETE"), ("Idempotency-Key", "\"\0\""), ("Content-Length", "0"), ("Content-Length", "5, 5"), ("Content-Length", "-1"), ("Content-Length", "99999999999999999999"), ("Content-Length", "1000000"),
        ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "gzip, chunked"), ("Expect", "100-continue"), ("Expect", "x"), ("Connection", "upgrade"), ("Upgrade", "h2c"), ("Long", new('l', 20_000)), ("Bad name", "x"), ("N", "a\0b"),
    ];

    public static readonly string[] Methods = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "P", "\xFF", ""];
}
