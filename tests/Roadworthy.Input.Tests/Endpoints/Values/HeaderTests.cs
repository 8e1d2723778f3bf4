using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Values;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/int", "", "header:X-Age required")]
    [InlineData("/int", "42.0", "42 42")]
    [InlineData("/int", "x", "header:X-Age type")]
    [InlineData("/int", "1, 2", "header:X-Age type")]
    [InlineData("/optional", "", "-")]
    [InlineData("/optional", "7", "7")]
    [InlineData("/list", "1.0, 2 ,3", "1 2 3")]
    [InlineData("/list", "1, x", "header:X-Age type")]
    [InlineData("/list", "", "")]
    [InlineData("/text", "a,b", "a,b")]
    public async Task A_value_of_a_header(string path, string value, string expected)
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync(path, request => request.Headers.TryAddWithoutValidation("x-age", value));

        Expect(answer, expected);
    }

    [Theory]
    [InlineData("/int", "header:X-Age duplicate")]
    [InlineData("/list", "1 2")]
    [InlineData("/text", "1,2")]
    public async Task The_same_header_in_two_lines_is_a_list(string path, string expected)
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync(path, request => request.Headers.TryAddWithoutValidation("X-Age", ["1", "2"]));

        Expect(answer, expected);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(a =>
    {
        a.MapGet("/int", ([FromHeader(Name = "X-Age")] int age, HttpRequest request) => $"{age} {request.Headers["x-age"]}");
        a.MapGet("/optional", ([FromHeader(Name = "X-Age")] int? age) => age?.ToString(provider: null) ?? "-");
        a.MapGet("/list", ([FromHeader(Name = "X-Age")] int[] ages) => string.Join(' ', ages));
        a.MapGet("/text", ([FromHeader(Name = "X-Age")] string? text) => text);
    });

    private static void Expect(Answer answer, string expected)
    {
        if (expected.StartsWith("header:", StringComparison.Ordinal)) Assert.Equal([expected], answer.Rules);
        else answer.IsOk(expected);
    }
}
