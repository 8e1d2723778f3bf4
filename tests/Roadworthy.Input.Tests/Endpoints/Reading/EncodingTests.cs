using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Reading;

public sealed class EncodingTests
{
    private const string Body = """{"quantity":"3.0","note":"aé😀"}""";

    [Theory]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16LE", "utf-16")]
    [InlineData("utf-16BE", "utf-16BE")]
    [InlineData("UTF-32", "utf-32")]
    [InlineData("\"utf-8\"", "utf-8")]
    [InlineData("UTF-8", "utf-8")]
    [InlineData("unicode-1-1-utf-8", "utf-8")]
    public async Task A_body_in_an_encoding_that_NET_knows_is_read(string charset, string encoding)
    {
        await using var app = await StartAsync();
        var bytes = Encoding.GetEncoding(encoding).GetBytes(Body);
        byte[] marked = [.. Encoding.GetEncoding(encoding).GetPreamble(), .. bytes];

        (await app.PostAsync("/", bytes, $"application/json; charset={charset}")).IsOk("3 aé😀");
        (await app.PostAsync("/", marked, $"application/vnd.order+json;charset={charset}; v=1")).IsOk("3 aé😀");
    }

    [Fact]
    public async Task The_byte_order_mark_decides_the_order_of_UTF_16()
    {
        await using var app = await StartAsync();

        (await app.PostAsync("/", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Body)], "application/json; charset=utf-16")).IsOk("3 aé😀");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/problem+json")]
    public async Task A_byte_order_mark_is_no_part_of_the_body(string contentType)
    {
        await using var app = await StartAsync();

        (await app.PostAsync("/", [0xEF, 0xBB, 0xBF, .. """{"quantity":3,"note":"n"}"""u8], contentType)).IsOk("3 n");
        (await app.PostAsync("/", [0xEF, 0xBB, 0xBF, .. """{"quantity":"3"}"""u8], contentType)).IsOk("3 ");
        Assert.Equal([" required"], (await app.PostAsync("/", [0xEF, 0xBB, 0xBF], contentType)).Rules);
    }

    [Theory]
    [InlineData("application/json", new byte[] { 0x7B, 0xFF, 0x7D }, "Must be text in UTF-8, but the bytes at offset 1 are none.")]
    [InlineData("application/json", new byte[] { 0xFF, 0xFE, 0x7B, 0x00 }, "Must be text in UTF-8, but the bytes at offset 0 are none.")]
    [InlineData("application/json; charset=utf-16", new byte[] { 0x7B, 0x00, 0x00, 0xD8, 0x7D, 0x00 }, "Must be text in utf-16, but the bytes at offset 2 are none.")]
    [InlineData("application/json; charset=utf-16", new byte[] { 0x7B, 0x00, 0x7D }, "Must be text in utf-16, but the bytes at offset 2 are none.")]
    [InlineData("application/json; charset=us-ascii", new byte[] { 0x7B, 0x22, 0xE9 }, "Must be text in us-ascii, but the bytes at offset 2 are none.")]
    public async Task Bytes_that_are_not_in_the_encoding_are_refused_with_their_offset(string contentType, byte[] bytes, string message)
    {
        await using var app = await StartAsync();

        var answer = await app.PostAsync("/", bytes, contentType);

        Assert.Equal([" encoding"], answer.Rules);
        Assert.Equal([message], answer.Messages(""));
    }

    [Theory]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/xml")]
    [InlineData("application/jsonp")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task What_is_no_JSON_that_anybody_reads_is_a_415_problem(string contentType)
    {
        var ran = false;
        await using var app = await TestApp.StartAsync(a => a.MapPost("/", (Order order) => ran = true));

        var answer = await app.PostAsync("/", """{"quantity":3}"""u8.ToArray(), contentType);

        answer.IsProblem(415, "unsupported-media-type");
        Assert.False(ran);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(a => a.MapPost("/", (Order order, HttpRequest request) => $"{order.Quantity} {order.Note}")
        .Accepts<Order>("application/json", "application/vnd.order+json", "application/problem+json"));
}
