using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Races;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Races;

public sealed class RepeatRuleTests(Database databases)
{
    private const string Schema = """
        CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL);
        CREATE TABLE charges (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount int NOT NULL, key text UNIQUE);
        """;

    private const string Body = """{"content":{"application/json":{"schema":{"type":"object","required":["VALUE"],"properties":{"VALUE":{"type":"TYPE"}}}}}}""";

    [Fact]
    public async Task Where_nothing_speaks_of_keys_a_create_that_makes_two_is_as_it_should_be()
    {
        await using var api = await InspectedAsync(allowed: null);
        Assert.Empty(api.Found(RaceRules.RepeatMakesTwo));
        var results = api.Context.Results.All.Where(result => result.Rule == RaceRules.RepeatMakesTwo.Id).ToList();
        var told = Assert.Single(results);
        Assert.Equal((Verdict.Pass, RuleResult.Everywhere), (told.Verdict, told.Endpoint));
        Assert.Contains("nothing in the description or in any answer speaks of an Idempotency-Key", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_an_answer_speaks_of_keys_one_is_sent_and_what_heeds_none_is_told_as_advice()
    {
        await using var api = await InspectedAsync(allowed: "Content-Type, Idempotency-Key");
        Assert.Equal(["Advisory POST /notes"], api.Found(RaceRules.RepeatMakesTwo));
        var found = api.Context.Results.All.SelectMany(result => result.Findings).Single(finding => finding.Rule == RaceRules.RepeatMakesTwo.Id);
        Assert.StartsWith("Sent twice with one Idempotency-Key, it answered 201 and 201, and made two rows of notes.", found.Summary, StringComparison.Ordinal);
        Assert.All(found.Commands, command => Assert.Contains("-H 'Idempotency-Key: ", command, StringComparison.Ordinal));
        Assert.Contains(api.Context.Results.All, result => result is { Verdict: Verdict.Pass, Endpoint: "POST /charges" } && result.Rule == RaceRules.RepeatMakesTwo.Id);
    }

    private async Task<InProcess> InspectedAsync(string? allowed)
    {
        static string Post(string value, string type) => """{"post":{"requestBody":BODY,"responses":{"201":{"description":""}}}}""".Replace("BODY", Body, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal).Replace("TYPE", type, StringComparison.Ordinal);
        var document = """{"openapi":"3.0.0","info":{"title":"Notes","version":"1"},"paths":{"/notes":NOTES,"/charges":CHARGES}}""".Replace("NOTES", Post("title", "string"), StringComparison.Ordinal).Replace("CHARGES", Post("amount", "integer"), StringComparison.Ordinal);
        var api = await InProcess.OpenAsync(databases, Schema, document, (site, source) => Map(site, source, allowed), TestContext.Current.CancellationToken);
        await new RaceProbe().RunAsync(api.Context, TestContext.Current.CancellationToken);
        return api;
    }

    private static void Map(WebApplication site, NpgsqlDataSource source, string? allowed)
    {
        site.Use(async (context, next) =>
        {
            if (allowed is not null) context.Response.Headers.AccessControlAllowHeaders = allowed;
            await next(context);
        });
        site.MapPost("/notes", async (Note note) => Results.Json(new { id = await MadeAsync(source, "INSERT INTO notes (title) VALUES ($1) RETURNING id", note.Title) }, statusCode: 201));
        // The key decides, where there is one.
        site.MapPost("/charges", async (Charge charge, HttpRequest request) => Results.Json(
            new { id = await MadeAsync(source, "INSERT INTO charges (amount, key) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id", charge.Amount, (string?)request.Headers["Idempotency-Key"]) }, statusCode: 201));
    }

    private static async Task<object?> MadeAsync(NpgsqlDataSource source, string sql, params object?[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return await command.ExecuteScalarAsync();
    }

    private sealed record Note(string Title);

    private sealed record Charge(int Amount);
}
