using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Problems;

public sealed class EmptyAnswerTests
{
    private static Task<TestApp> StartAsync() => TestApp.StartAsync(app =>
    {
        app.UseRoadworthyErrors();
        app.MapGet("/only-get", () => "got");
        app.MapPost("/json", (Dictionary<string, string> body) => body.Count);
        app.MapGet("/empty/{status:int}", (int status, HttpContext context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers.WWWAuthenticate = "Bearer";
        });
        app.MapGet("/own-body", (HttpContext context) =>
        {
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("mine");
        });
        app.MapGet("/own-problem", () => Results.Problem(statusCode: 409, title: "Mine"));
    });

    [Theory]
    [InlineData(401, "unauthorized")]
    [InlineData(403, "forbidden")]
    [InlineData(404, "not-found")]
    [InlineData(429, "too-many-requests")]
    [InlineData(418, "status-418")]
    [InlineData(500, "internal-error")]
    [InlineData(503, "unavailable")]
    public async Task An_empty_failure_gets_a_problem_and_keeps_its_headers(int status, string kind)
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync($"/empty/{status}");

        answer.IsProblem(status, kind);
        Assert.Equal("7", answer.Headers["Retry-After"]);
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task What_routing_refuses_gets_a_problem()
    {
        await using var app = await StartAsync();

        var nowhere = await app.GetAsync("/nowhere");
        var wrongMethod = await app.SendAsync(HttpMethod.Delete, "/only-get");
        var wrongType = await app.SendAsync(HttpMethod.Post, "/json", r => r.Content = new StringContent("x"));
        var head = await app.SendAsync(HttpMethod.Head, "/nowhere");

        nowhere.IsProblem(404, "not-found");
        wrongMethod.IsProblem(405, "method-not-allowed");
        Assert.Equal("GET", wrongMethod.Headers["Allow"]);
        wrongType.IsProblem(415, "unsupported-media-type");
        Assert.Equal(404, head.Status);
        Assert.Empty(head.Body);
    }

    [Fact]
    public async Task An_answer_with_a_body_of_its_own_is_left_alone()
    {
        await using var app = await StartAsync();

        var own = await app.GetAsync("/own-body");
        var problem = await app.GetAsync("/own-problem");
        var fine = await app.GetAsync("/only-get");

        Assert.Equal("mine", own.Body);
        Assert.Equal("Mine", problem.Problem.At("title"));
        Assert.Matches("^[0-9a-f]{32}$", problem.Problem.At("traceId"));
        Assert.Equal("got", fine.Body);
    }
}
