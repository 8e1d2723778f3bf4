using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Values;

public sealed class RouteTests
{
    [Theory]
    [InlineData("/int/42", "42 42")]
    [InlineData("/int/42.0", "42 42")]
    [InlineData("/int/%2042%20", "42 42")]
    [InlineData("/int/x", "path:id type")]
    [InlineData("/int/99999999999", "path:id range")]
    [InlineData("/int/1001", "path:id range")]
    [InlineData("/int/%20", "path:id required")]
    [InlineData("/optional", "-")]
    [InlineData("/optional/", "-")]
    [InlineData("/optional/7.0", "7")]
    [InlineData("/optional/x", "path:id type")]
    [InlineData("/constrained/42", "42")]
    [InlineData("/colour/red", "Red")]
    [InlineData("/colour/1", "path:c oneOf")]
    [InlineData("/named/x", "path:order-id type")]
    [InlineData("/text/a%2Fb", "a%2Fb")]
    [InlineData("/text/%F0%9F%98%80", "😀")]
    [InlineData("/text/%20a%20", " a ")]
    [InlineData("/trimmed/%20a%20", "a")]
    [InlineData("/rest/a/b/c", "a/b/c")]
    [InlineData("/both/7?id=x", "7")]
    public async Task A_value_of_the_route(string path, string expected)
    {
        await using var app = await TestApp.OnKestrelAsync(a =>
        {
            a.MapGet("/int/{id}", ([Range(1, 1000)] int id, HttpRequest request) => $"{id} {request.RouteValues["id"]}");
            a.MapGet("/optional/{id?}", (int? id) => id?.ToString(provider: null) ?? "-");
            a.MapGet("/constrained/{id:int}", (int id) => id);
            a.MapGet("/colour/{c}", (Colour c) => c.ToString());
            a.MapGet("/named/{order-id}", ([FromRoute(Name = "order-id")] int id) => id);
            a.MapGet("/text/{s}", (string s) => s);
            a.MapGet("/trimmed/{s}", ([Trimmed] string s) => s);
            a.MapGet("/rest/{**s}", (string s) => s);
            a.MapGet("/both/{id}", (int id) => id);
        });

        var answer = await app.GetAsync(path);

        if (expected.StartsWith("path:", StringComparison.Ordinal)) Assert.Equal([expected], answer.Rules);
        else answer.IsOk(expected);
    }

    [Fact]
    public async Task A_NUL_in_a_path_is_refused()
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/{s}", (string s) => s));

        // Kestrel refuses it before any endpoint is asked; other servers don't.
        var http = await app.Server.SendAsync(request => request.Request.Path = "/a\0b");

        Assert.Equal(400, http.Response.StatusCode);
    }

    [Fact]
    public async Task A_default_of_the_route_that_is_no_text_is_read_like_one()
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/{id=7}", (int id) => id));

        (await app.GetAsync("/")).IsOk("7");
    }
}
