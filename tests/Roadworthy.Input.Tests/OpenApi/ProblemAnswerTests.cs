using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Input.OpenApi;

namespace Roadworthy.Input.Tests.OpenApi;

public sealed class ProblemAnswerTests
{
    [Fact]
    public async Task An_operation_with_a_body_lists_what_it_refuses()
    {
        var described = await Described.ByAsync(app => app.MapPost("/orders", (Order order) => ""));
        Assert.Equal(["200", "400", "413", "415"], described.At("paths", "/orders", "post", "responses").EnumerateObject().Select(response => response.Name));
        var problem = described.Answer("/orders", "post", "400", "application/problem+json");
        Assert.Equal(
            ["errors", "rules", "status", "title", "traceId", "truncated", "type"],
            problem.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal("string", problem.GetProperty("properties").GetProperty("errors").GetProperty("additionalProperties").GetProperty("items").GetProperty("type").GetString());
        Assert.True(described.Answer("/orders", "post", "413", "application/problem+json").TryGetProperty("required", out _));
    }

    [Fact]
    public async Task An_operation_with_parameters_lists_a_400_and_one_with_nothing_lists_none()
    {
        var described = await Described.ByAsync(app =>
        {
            app.MapGet("/with/{name}", (string name) => "");
            app.MapGet("/without", (CancellationToken cancellation, IServiceProvider services) => "");
            app.MapPost("/raw", (Stream body) => "");
        });
        Assert.Equal(["200", "400"], Answers("/with/{name}", "get"));
        Assert.Equal(["200"], Answers("/without", "get"));
        Assert.Equal(["200"], Answers("/raw", "post"));

        IEnumerable<string> Answers(string path, string method) => described.At("paths", path, method, "responses").EnumerateObject().Select(response => response.Name);
    }

    [Fact]
    public async Task What_the_application_answers_with_400_itself_stands_beside()
    {
        var described = await Described.ByAsync(app => app.MapGet("/{n}", Results<Ok<int>, ValidationProblem> (int n) => TypedResults.Ok(n)));
        var either = described.Answer("/{n}", "get", "400", "application/problem+json").GetProperty("anyOf").EnumerateArray().Select(one => one.GetProperty("$ref").GetString());
        Assert.Equal(["#/components/schemas/InputProblem", "#/components/schemas/HttpValidationProblemDetails"], either);
    }

    [Fact]
    public async Task The_frameworks_own_type_of_a_problem_is_not_listed_where_nobody_uses_it() =>
        Assert.DoesNotContain("HttpValidationProblemDetails", (await Described.ByAsync(app => app.MapGet("/{n}", (int n) => ""))).Schemas);

    [Fact]
    public async Task An_applications_own_type_of_the_same_name_keeps_it()
    {
        var described = await Described.ByAsync(app =>
        {
            app.MapGet("/{n}", (int n) => "");
            app.MapGet("/own", () => new InputProblem("x"));
        });
        Assert.True(described.Schema("InputProblem").GetProperty("properties").TryGetProperty("own", out _));
        Assert.True(described.Answer("/{n}", "get", "400", "application/problem+json").GetProperty("properties").TryGetProperty("rules", out _));
    }

    [Fact]
    public async Task Other_generators_find_the_400_where_they_look_for_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddEndpointsApiExplorer().AddInputOpenApi();
        await using var app = builder.Build();
        app.MapGet("/{n}", (int n) => "");
        app.MapGet("/own/{n}", Results<Ok<int>, BadRequest<string>> (int n) => TypedResults.Ok(n));
        app.MapGet("/none", () => "");
        await app.StartAsync();
        var answers = app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items.SelectMany(group => group.Items)
            .ToDictionary(description => description.RelativePath!, description => string.Join(' ', description.SupportedResponseTypes.Select(response => $"{response.StatusCode}:{response.Type?.Name}")));
        Assert.Equal("200:String 400:HttpValidationProblemDetails", answers["{n}"]);
        Assert.Equal("200:Int32 400:String", answers["own/{n}"]);
        Assert.Equal("200:String", answers["none"]);
    }

    [Fact]
    public async Task An_application_that_describes_nothing_is_not_disturbed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddInputOpenApi();
        await using var app = builder.Build();
        app.MapGet("/{n}", (int n) => "");
        await app.StartAsync();
    }

    public sealed record Order(int Quantity);

    public sealed record InputProblem(string Own);
}
