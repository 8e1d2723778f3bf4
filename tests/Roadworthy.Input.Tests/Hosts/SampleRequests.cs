using System.Text;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Hosts;

/// <summary>One request to the sample's endpoints.</summary>
/// <param name="Name">What is in it.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="ContentType">Of the body.</param>
internal sealed record SampleRequest(string Name, int Status, string Method, string Path, byte[]? Body = null, string ContentType = "application/json")
{
    public HttpRequestMessage ToMessage(string prefix, bool isChunked)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), prefix + Path);
        message.Headers.Add("X-Age", "old");
        if (Body is null) return message;
        message.Content = isChunked ? new UnannouncedContent(Body) : new ByteArrayContent(Body);
        message.Headers.TransferEncodingChunked = isChunked;
        message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return message;
    }
}

internal static class SampleRequests
{
    public static readonly SampleRequest[] All =
    [
        Post("everything at once", 400, "/orders/x?limit=ten", """{"items":[{"sku":"a","quantity":"x","price":"1e400"},null],"currency":"Yen"}"""),
        Post("a syntax error", 400, "/orders/7?limit=1", """{"items":[{"sku":"a","quantity":"many","price":1},{"sku":"""),
        new("bytes that are no UTF-8", 400, "POST", "/optional", [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']),
        new("half a pair in UTF-16", 400, "POST", "/optional", [0x22, 0x00, 0x00, 0xD8, 0x22, 0x00], "application/json; charset=utf-16"),
        Post("a duplicate", 400, "/optional", """{"items":[],"Items":[]}"""),
        Post("null where a body is required", 400, "/small", "null"),
        new("no body", 400, "POST", "/small"),
        new("no JSON", 415, "POST", "/small", "x"u8.ToArray(), "text/plain"),
        new("an unknown charset", 415, "POST", "/small", "{}"u8.ToArray(), "application/json; charset=klingon"),
        Post("too long", 413, "/small", """{"items":[],"x":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"""),
        new("a bad query", 400, "GET", "/search?colour=7&ids=1&ids=z&ids=&when=2026-01-01&page=1&page=2&text=%00"),
        new("bytes in a query that are no UTF-8", 400, "GET", "/search?colour=Euro&text=%ff"),
        new("a type's own TryParse", 400, "GET", "/weight?weight=x"),
        new("a type's own TryParse, optional", 400, "GET", "/search?colour=Euro&weight=x"),
        new("an empty value", 400, "GET", "/weight?weight="),
    ];

    private static SampleRequest Post(string name, int status, string path, string json) => new(name, status, "POST", path, Encoding.UTF8.GetBytes(json));
}
