using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Input.Tests.Endpoints;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Problems;

public sealed class ProblemAnswerTests
{
    private const string Bad = """{"quantity":"x","note":"\u0000"}""";

    [Fact]
    public async Task The_document_is_exactly_this()
    {
        await using var app = await StartAsync(services => services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["traceId"] = "t"));

        var answer = await app.PostAsync("/?v=1&v=2", Bad);

        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(
            """
            {"type":"urn:roadworthy:problem:invalid-input","title":"The request can't be taken as it is","status":400,
            "errors":{"query:v":["Must come once, but came more than once."],"/quantity":["Must be a whole number, but other text came."],"/note":["Must not hold the character U+0000."]},
            "rules":{"query:v":["duplicate"],"/quantity":["type"],"/note":["text"]},"traceId":"t"}
            """.ReplaceLineEndings(""),
            answer.Body);
    }

    [Fact]
    public async Task More_errors_than_the_limit_are_told_of_and_not_listed()
    {
        await using var app = await StartAsync(options: input => input.MaxErrors = 2);

        var answer = await app.PostAsync("/?v=x", Bad);

        Assert.Equal(["query:v type", "/quantity type"], answer.Rules);
        Assert.True(answer.Problem.GetProperty("truncated").GetBoolean());
        Assert.False((await app.PostAsync("/", Bad)).Problem.TryGetProperty("truncated", out _));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png, text/html;q=0.5")]
    [InlineData("application/json")]
    [InlineData("*/*")]
    public async Task Whatever_a_client_accepts_it_gets_the_same_document(string accept)
    {
        await using var app = await StartAsync(services => services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions["traceId"] = "t";
            context.ProblemDetails.Extensions["instanceOf"] = new { nested = 1 };
        }));
        var expected = (await app.PostAsync("/", Bad)).Body;

        var answer = await app.PostAsync("/", Bad, request => request.Headers.TryAddWithoutValidation("Accept", accept));
        var noJson = await app.SendAsync(HttpMethod.Post, "/", new StringContent("x"), request => request.Headers.TryAddWithoutValidation("Accept", accept));

        Assert.Equal(400, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(expected, answer.Body);
        Assert.Contains("\"traceId\":\"t\"", expected, StringComparison.Ordinal);
        Assert.Contains("\"nested\":1", expected, StringComparison.Ordinal);
        noJson.IsProblem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    public async Task A_customisation_that_fails_costs_the_customisation_and_not_the_answer(string accept)
    {
        await using var app = await StartAsync(services => services.AddProblemDetails(problems => problems.CustomizeProblemDetails = _ => throw new InvalidOperationException("mine")));

        var answer = await app.PostAsync("/", Bad, request => request.Headers.TryAddWithoutValidation("Accept", accept));

        Assert.Equal(["/quantity type", "/note text"], answer.Rules);
        Assert.StartsWith("""{"type":"urn:roadworthy:problem:invalid-input","title":"The request can't be taken as it is","status":400,"errors":""", answer.Body, StringComparison.Ordinal);
        Assert.Single(app.Logs.Ours, line => line.Level == LogLevel.Warning && line.Exception?.Message == "mine");
    }

    [Fact]
    public async Task An_application_s_own_writer_writes()
    {
        await using var app = await StartAsync(services => services.AddSingleton<IProblemDetailsWriter, OwnWriter>());

        Assert.Equal("own InputProblem 400 2", (await app.PostAsync("/", Bad, request => request.Headers.TryAddWithoutValidation("Accept", "text/own"))).Body);
    }

    [Fact]
    public async Task Pointers_survive_whatever_the_application_does_to_names()
    {
        await using var app = await TestApp.StartAsync(
            a => a.MapPost("/", (Dictionary<string, int> items, [FromQuery(Name = "pageSize")] int? v) => "ran"),
            services => services.ConfigureHttpJsonOptions(json =>
            {
                json.SerializerOptions.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseUpper;
                json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower;
                json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
                json.SerializerOptions.WriteIndented = true;
            }));

        var answer = await app.PostAsync("/?pageSize=x", """{"unitPrice":"x","a/b~c":"x"}""");

        Assert.Equal(["query:pageSize type", "/unitPrice type", "/a~1b~0c type"], answer.Rules);
        Assert.Equal(["Must be a whole number, but other text came."], answer.Messages("/a~1b~0c"));
    }

    [Fact]
    public async Task A_client_reads_the_problem_back()
    {
        await using var app = await StartAsync();

        var problem = JsonSerializer.Deserialize<InputProblem>((await app.PostAsync("/", Bad)).Body, Read.Web)!;

        Assert.Equal(InputProblem.ProblemType, problem.Type);
        Assert.Equal(["type"], problem.Rules["/quantity"]);
        Assert.Equal(["Must be a whole number, but other text came."], problem.Errors["/quantity"]);
        Assert.False(problem.Truncated);
    }

    [Fact]
    public async Task Headers_that_a_middleware_has_set_stay()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.Use((http, next) =>
            {
                http.Response.Headers["X-Frame-Options"] = "DENY";
                return next(http);
            });
            a.MapPost("/", (Order order) => "ran");
        });

        Assert.Equal("DENY", (await app.PostAsync("/", Bad)).Headers["X-Frame-Options"]);
    }

    private static Task<TestApp> StartAsync(Action<IServiceCollection>? services = null, Action<InputOptions>? options = null) =>
        TestApp.StartAsync(a => a.MapPost("/", (Order order, int? v) => "ran"), services, options);

    private sealed class OwnWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.Headers.Accept == "text/own";

        public async ValueTask WriteAsync(ProblemDetailsContext context) =>
            await context.HttpContext.Response.WriteAsync($"own {context.ProblemDetails.GetType().Name} {context.HttpContext.Response.StatusCode} {((InputProblem)context.ProblemDetails).Rules.Count}");
    }
}
