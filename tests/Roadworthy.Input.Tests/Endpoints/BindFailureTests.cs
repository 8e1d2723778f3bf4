using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints;

public sealed class BindFailureTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task What_only_the_binder_can_refuse_is_a_problem_too(string environment)
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.MapGet("/bound", (Bound bound) => "ran");
                a.MapPost("/form", ([FromForm] int v) => v).DisableAntiforgery();
                a.MapGet("/explicit", (Explicit e) => "ran");
            },
            environment: environment);

        Assert.Equal([" binding"], (await app.GetAsync("/bound")).Rules);
        (await app.GetAsync("/bound?ok=1")).IsOk("ran");
        Assert.Equal([" binding"], (await FormAsync("x")).Rules);
        (await FormAsync("7")).IsOk("7");
        Assert.Equal(["query:e binding"], (await app.GetAsync("/explicit?e=x")).Rules);
        (await app.GetAsync("/explicit?e=yes")).IsOk("ran");
        (await app.PostAsync("/form", "{}")).IsProblem(415, "unsupported-media-type");

        Task<Answer> FormAsync(string v) => app.SendAsync(HttpMethod.Post, "/form", new FormUrlEncodedContent([new("v", v)]));
    }

    [Fact]
    public async Task The_same_exception_thrown_by_a_handler_is_its_own_matter()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/now", string (int v) => throw new BadHttpRequestException("mine", 422));
            a.MapGet("/later", async Task<string> (int v) =>
            {
                await Task.Yield();
                throw new BadHttpRequestException("mine");
            });
            a.MapGet("/filter", (int v) => v).AddEndpointFilter((_, _) => throw new BadHttpRequestException("mine"));
            a.MapGet("/deep", string (int v) => Deep());
        });

        foreach (var path in new[] { "/now", "/later", "/filter", "/deep" })
        {
            var own = await Assert.ThrowsAsync<BadHttpRequestException>(() => app.GetAsync(path + "?v=1"));
            Assert.Equal("mine", own.Message);
        }
    }

    [Fact]
    public async Task An_answer_that_has_begun_is_not_written_over()
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/", (Begun begun) => "ran"));

        await Assert.ThrowsAnyAsync<Exception>(() => app.GetAsync("/"));

        Assert.Empty(app.Logs.Ours);
    }

    private static string Deep() => throw new BadHttpRequestException("mine");

    private sealed class Bound
    {
        public static ValueTask<Bound?> BindAsync(HttpContext http) => new(http.Request.Query.ContainsKey("ok") ? new Bound() : null);
    }

    private sealed class Begun
    {
        public static async ValueTask<Begun?> BindAsync(HttpContext http)
        {
            await http.Response.StartAsync();
            return null;
        }
    }

    private sealed class Explicit : IParsable<Explicit>
    {
        static Explicit IParsable<Explicit>.Parse(string s, IFormatProvider? provider) => new();

        static bool IParsable<Explicit>.TryParse(string? s, IFormatProvider? provider, out Explicit result)
        {
            result = new Explicit();
            return s is "yes";
        }
    }
}
