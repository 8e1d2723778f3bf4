using System.Net;
using System.Text;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class RefusalTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/api")]
    [InlineData("/api/nowhere")]
    [InlineData("/favicon.ico")]
    [InlineData("/.env")]
    [InlineData("/api/products/a/b.json")]
    public async Task An_unknown_path_is_a_404_for_anybody(string path)
    {
        await _host.Anonymous.ReadAsync(path).ShouldBeProblemAsync(404, "not-found");
        await _host.Anonymous.PostTextAsync(path, "{}").ShouldBeProblemAsync(404, "not-found");
    }

    [Theory]
    [InlineData("GET", "/api/signup", "POST")]
    [InlineData("DELETE", "/api/login", "POST")]
    [InlineData("DELETE", "/api/me", "GET, PATCH")]
    [InlineData("DELETE", "/api/products", "GET, POST")]
    [InlineData("PUT", "/api/products/a", "GET, PATCH")]
    [InlineData("PUT", "/api/orders", "GET, POST")]
    [InlineData("DELETE", "/api/orders/01900000-0000-7000-8000-000000000000", "GET")]
    [InlineData("GET", "/api/orders/01900000-0000-7000-8000-000000000000/cancel", "POST")]
    [InlineData("POST", "/api/dashboard", "GET")]
    [InlineData("POST", "/.well-known/jwks.json", "GET")]
    [InlineData("DELETE", "/openapi/v1.json", "GET")]
    [InlineData("POST", "/", "GET")]
    public async Task A_wrong_method_is_a_405_that_names_the_right_ones(string method, string path, string allowed)
    {
        var answer = await _host.Anonymous.AskAsync(method, path);
        await Task.FromResult(answer).ShouldBeProblemAsync(405, "method-not-allowed");
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/api/signup")]
    [InlineData("/api/login")]
    public async Task Another_content_type_is_a_415(string path)
    {
        await _host.Anonymous.AskAsync("POST", path, new StringContent("{}", Encoding.UTF8, "text/plain")).ShouldBeProblemAsync(415, "unsupported-media-type");
        await _host.Anonymous.AskAsync("POST", path, new FormUrlEncodedContent([])).ShouldBeProblemAsync(415, "unsupported-media-type");
        await _host.Anonymous.AskAsync("POST", path, new ByteArrayContent("{}"u8.ToArray())).ShouldBeProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Another_content_type_on_a_closed_route_is_a_415_too()
    {
        var person = await _host.SignUpAsync();
        await person.Client.AskAsync("POST", "/api/orders", new StringContent("{}", Encoding.UTF8, "text/xml")).ShouldBeProblemAsync(415);
        await person.Client.AskAsync("PATCH", "/api/me", new StringContent("{}", Encoding.UTF8, "text/xml")).ShouldBeProblemAsync(415);
    }

    [Theory]
    [InlineData("{\"email\":\"a@example.com\",}")]
    [InlineData("{'email':'a@example.com'}")]
    [InlineData("{\"email\":\"\xff\"")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task Malformed_JSON_is_a_400(string body) => await _host.Anonymous.PostTextAsync("/api/login", body).ShouldBeProblemAsync(400);

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_a_400()
    {
        var content = new ByteArrayContent([.. "{\"email\":\"a"u8, 0xFF, 0xFE, .. "\",\"password\":\"correct horse\"}"u8]);
        content.Headers.ContentType = new("application/json");
        await _host.Anonymous.AskAsync("POST", "/api/login", content).ShouldBeProblemAsync(400);
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_a_413_before_it_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = Requests.Json(new string(' ', 10 * 1024 * 1024)) };
        request.Headers.ExpectContinue = true;
        await _host.Anonymous.AskAsync(request).ShouldBeProblemAsync(413, "content-too-large");
    }

    [Fact]
    public async Task A_body_that_does_not_tell_its_length_is_a_413_as_soon_as_it_is_too_long()
    {
        var chunk = Encoding.ASCII.GetBytes($"{257 * 1024:x}\r\n{new string(' ', 257 * 1024)}\r\n");
        var answer = await RawHttp.SendAsync(_host.Address, "POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", chunk);
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"urn:roadworthy:problem:content-too-large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_the_greatest_size_is_read()
    {
        var padding = new string(' ', (256 * 1024) - 2);
        await _host.Anonymous.PostTextAsync("/api/login", $"{{{padding}}}").ShouldBeProblemAsync(400);
    }

    [Fact]
    public async Task Headers_of_more_than_sixteen_kilobytes_are_a_431()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/products");
        request.Headers.Add("X-Padding", new string('a', 17 * 1024));
        var answer = await _host.Anonymous.AskAsync(request);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=501")]
    [InlineData("limit=many")]
    [InlineData("limit=99999999999")]
    [InlineData("after=x")]
    [InlineData("after=AAAAAAAAAAAAAAAAAAAAA!")]
    [InlineData("after=AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("after=%F0%9F%9A%80")]
    public async Task A_bad_page_is_a_400_of_every_list(string query)
    {
        var admin = await _host.SignUpAsync(admin: true);
        foreach (var list in (string[])["/api/products", "/api/orders", "/api/dashboard"])
        {
            var problem = await admin.Client.ReadAsync($"{list}?{query}").ShouldBeProblemAsync(400, "invalid-input");
            Assert.Equal($"query:{query.Split('=')[0]}", problem.GetProperty("errors").EnumerateObject().Single().Name);
        }
    }

    [Fact]
    public async Task A_NUL_in_a_path_is_refused() =>
        Assert.StartsWith(
            "HTTP/1.1 400 ", await RawHttp.SendAsync(_host.Address, "GET /api/orders/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
}
