using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Values;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("/text", "query:s required")]
    [InlineData("/text?s=", "[]")]
    [InlineData("/text?s=%20a%20", "[ a ]")]
    [InlineData("/text?s=a%00b", "query:s text")]
    [InlineData("/text?s=%F0%9F%98%80", "[😀]")]
    [InlineData("/text?s=a&s=b", "query:s duplicate")]
    [InlineData("/text?s=100%25", "[100%]")]
    [InlineData("/text?s=%ff", "query:s encoding")]
    [InlineData("/text?s=%ED%A0%80", "query:s encoding")]
    [InlineData("/text?s=%25ff", "[%ff]")]
    [InlineData("/text?s=ok&other=%ff", "[ok]")]
    [InlineData("/optional", "[]")]
    [InlineData("/trimmed?s=%20a%20", "[a]")]
    [InlineData("/trimmed?s=%20%20", "[]")]
    [InlineData("/texts?s=a&s=&s=b", "a||b")]
    [InlineData("/texts?s=a&s=%00", "query:s text")]
    [InlineData("/texts?s=a&s=%ff", "query:s encoding")]
    [InlineData("/texts", "")]
    [InlineData("/values?s=a&s=b", "a|b")]
    [InlineData("/values?s=%00", "query:s text")]
    [InlineData("/nullable-values", "none")]
    public async Task Text_is_taken_as_it_came(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/text", (string s) => $"[{s}]");
            a.MapGet("/optional", (string? s) => $"[{s}]");
            a.MapGet("/trimmed", ([Trimmed] string s) => $"[{s}]");
            a.MapGet("/texts", (string[] s) => string.Join('|', s));
            a.MapGet("/values", (StringValues s) => string.Join('|', s.ToArray()));
            a.MapGet("/nullable-values", (StringValues? s) => s is null ? "none" : "some");
        });

        await Query.ExpectAsync(app, path, expected);
    }

    [Theory]
    [InlineData("?s=100%", "query:s encoding")]
    [InlineData("?s=%zz", "query:s encoding")]
    [InlineData("?s=%", "query:s encoding")]
    [InlineData("?s=%4", "query:s encoding")]
    [InlineData("?s=%25zz", null)]
    [InlineData("?s=a&v=%zz", "query:v type")]
    [InlineData("?%73=%zz", "query:s encoding")]
    public async Task A_percent_sign_without_two_digits_is_refused(string query, string? expected)
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/", (string s, int? v) => s));

        // A client library would mend the query.
        var http = await app.Server.SendAsync(request =>
        {
            request.Request.Path = "/";
            request.Request.QueryString = new QueryString(query);
        });

        using var body = new StreamReader(http.Response.Body);
        var text = await body.ReadToEndAsync();
        Assert.Equal(expected is null ? 200 : 400, http.Response.StatusCode);
        if (expected is not null) Assert.Contains($"\"{expected.Split(' ')[0]}\":[\"{expected.Split(' ')[1]}\"]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_many_values_that_hold_percent_signs_is_looked_at_once()
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/", (string[] s) => s.Length));
        var path = "/?" + string.Join('&', Enumerable.Repeat("s=%25", 100_000));

        var started = Environment.TickCount64;
        var answer = await app.GetAsync(path);

        answer.IsOk("100000");
        Assert.True(Environment.TickCount64 - started < 10_000);
    }
}
