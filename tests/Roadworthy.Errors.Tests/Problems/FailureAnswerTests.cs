using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Problems;

public sealed class FailureAnswerTests
{
    private const string Internal = "secret plan in /src/Orders.cs";

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task An_exception_is_answered_with_a_500_problem_without_anything_internal_and_recorded_once(string environment)
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.UseRoadworthyErrors();
                a.MapGet("/orders/{id}", string (int id) => throw new InvalidOperationException(Internal));
            },
            environment: environment);

        var answer = await app.GetAsync("/orders/7?token=abc");

        answer.IsProblem(500, "internal-error");
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        var record = Assert.Single(await app.FailuresAsync());
        Assert.Equal("Error", record.At("level"));
        Assert.Equal(Internal, record.At("exception.message"));
        Assert.Equal(answer.Problem.At("traceId"), record.At("traceId"));
        Assert.Equal("GET", record.At("method"));
        Assert.Equal("/orders/{id}", record.At("route"));
        Assert.Equal("500", record.At("state.Status"));
        Assert.DoesNotContain("/orders/7", record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_is_on_the_output_before_the_client_has_its_answer()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.MapGet("/", string () => throw new InvalidOperationException(Internal));
        });

        var answer = await app.GetAsync("/");

        Assert.Contains(app.Output.Records, r => r.Has("traceId") && string.Equals(r.At("traceId"), answer.Problem.At("traceId"), StringComparison.Ordinal)
            && r.Has("exception"));
    }

    [Fact]
    public async Task Headers_and_body_of_the_failed_answer_are_gone()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.MapGet("/", string (HttpContext context) =>
            {
                context.Response.Headers.ETag = "\"1\"";
                context.Response.Headers["X-Internal"] = Internal;
                context.Response.ContentLength = 3;
                throw new InvalidOperationException(Internal);
            });
        });

        var answer = await app.GetAsync("/");

        answer.IsProblem(500, "internal-error");
        Assert.False(answer.Headers.ContainsKey("ETag"));
        Assert.False(answer.Headers.ContainsKey("X-Internal"));
    }

    [Fact]
    public async Task A_failure_after_the_answer_began_is_recorded_once_and_ends_the_connection()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.MapGet("/", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("first part");
                await context.Response.Body.FlushAsync();
                throw new InvalidOperationException(Internal);
            });
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => app.GetAsync("/"));

        var record = Assert.Single(await app.FailuresAsync());
        Assert.Equal("RequestFailedAfterStart", record.At("eventName"));
        Assert.Equal(Internal, record.At("exception.message"));
    }

    [Fact]
    public async Task A_HEAD_request_that_fails_has_the_status_and_no_body()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.MapMethods("/", ["HEAD"], string () => throw new InvalidOperationException(Internal));
        });

        var answer = await app.SendAsync(HttpMethod.Head, "/");

        Assert.Equal(500, answer.Status);
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png, application/xml;q=0.5")]
    public async Task A_client_that_does_not_accept_JSON_gets_the_problem_all_the_same(string accept)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.MapGet("/", string () => throw new InvalidOperationException(Internal));
        });

        var answer = await app.SendAsync(HttpMethod.Get, "/", r => r.Headers.TryAddWithoutValidation("Accept", accept));

        answer.IsProblem(500, "internal-error");
    }

    [Fact]
    public async Task A_customisation_of_problems_applies_and_one_that_throws_does_no_harm()
    {
        var broken = false;
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.UseRoadworthyErrors();
                a.MapGet("/", string () => throw new InvalidOperationException(Internal));
            },
            services => services.AddProblemDetails(o => o.CustomizeProblemDetails = context =>
            {
                if (broken)
                {
                    throw new NotSupportedException(Internal);
                }

                context.ProblemDetails.Extensions["release"] = "r-9";
            }));

        Assert.Equal("r-9", (await app.GetAsync("/")).Problem.At("release"));
        broken = true;
        (await app.GetAsync("/")).IsProblem(500, "internal-error");
    }

    [Fact]
    public async Task A_bad_request_keeps_its_status_and_tells_nothing_of_the_inside()
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.UseRoadworthyErrors();
                a.MapPost("/orders", (Order order) => order.Id);
                a.MapPost("/large", async (HttpRequest request) => (await new StreamReader(request.Body).ReadToEndAsync()).Length)
                    .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(10));
            },
            services => services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(o => o.ThrowOnBadRequest = true));

        var broken = await app.SendAsync(HttpMethod.Post, "/orders", r => r.Content = new StringContent("{\"id\":", null, "application/json"));
        var large = await app.SendAsync(HttpMethod.Post, "/large", r => r.Content = new StringContent(new string('x', 100)));

        broken.IsProblem(400, "bad-request");
        Assert.DoesNotContain("Order", broken.Body, StringComparison.Ordinal);
        large.IsProblem(413, "content-too-large");
        var records = await app.FailuresAsync();
        Assert.Equal(2, records.Count);
        Assert.All(records, r => Assert.Equal("RequestRefused", r.At("eventName")));
        Assert.All(records, r => Assert.Equal("Information", r.At("level")));
        Assert.All(records, r => Assert.False(r.Has("exception")));
    }

    private sealed record Order(int Id);
}
