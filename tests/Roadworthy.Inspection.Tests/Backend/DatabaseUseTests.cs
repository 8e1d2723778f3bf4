using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Tests.Support;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class DatabaseUseTests
{
    private const string Document =
        """
        { "openapi": "3.0.0", "info": { "title": "t", "version": "1" }, "paths": {
          "/health": { "get": { "responses": { "200": {} } } },
          "/items": { "get": { "responses": { "200": {} } }, "post": { "responses": { "201": {} } }, "delete": { "responses": { "204": {} } } },
          "/login": { "post": { "requestBody": { "content": { "application/json": { "schema": { "type": "object", "required": ["email", "password"], "properties": { "email": { "type": "string" }, "password": { "type": "string" } } } } } }, "responses": { "200": {} } } } } }
        """;

    private readonly StatementLog _statements = new();
    private readonly ConcurrentQueue<string> _asked = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backend_whose_lists_come_from_elsewhere_is_refused_before_anything_is_written()
    {
        var error = await Assert.ThrowsAsync<InspectionException>(() => RequireAsync(items: () => Results.Ok(Array.Empty<string>()), logIn: () => Results.BadRequest()));
        Assert.Contains("--env \"DATABASE_URL={url}\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("GET /items with 200", error.Message, StringComparison.Ordinal);
        Assert.All(_asked, asked => Assert.True(asked is "GET /health" or "GET /items" or "POST /login", asked));
    }

    [Fact]
    public async Task So_is_one_that_knows_without_a_statement_that_nobody_has_the_name()
    {
        var error = await Assert.ThrowsAsync<InspectionException>(() => RequireAsync(items: () => Results.Unauthorized(), logIn: () => Results.Unauthorized()));
        Assert.Contains("POST /login with 401", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_statement_ends_the_question()
    {
        await RequireAsync(items: () => Asked(Results.Ok(Array.Empty<string>())), logIn: () => Results.Unauthorized());
        Assert.DoesNotContain("POST /login", _asked);
        _asked.Clear();
        await RequireAsync(items: () => Results.Unauthorized(), logIn: () => Asked(Results.Unauthorized()));
        Assert.Contains("POST /login", _asked);
    }

    [Fact]
    public async Task One_that_asks_its_database_only_for_who_is_signed_in_is_not_stopped_until_somebody_is()
    {
        var use = await RequireAsync(items: () => Results.Unauthorized(), logIn: () => Results.BadRequest());
        use.RequireAccounts(areThere: false);
        Assert.Throws<InspectionException>(() => use.RequireAccounts(areThere: true));
        _statements.Completed(default);
        use.RequireAccounts(areThere: true);
    }

    [Fact]
    public async Task An_inspection_stops_at_a_backend_that_keeps_its_data_elsewhere()
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        var options = new InspectorOptions { Name = "parcels", Backend = new BackendOptions { Command = "node server.js", Directory = Fixtures.Folder("node-parcels") }, Probes = [new InputProbe()] };
        var error = await Assert.ThrowsAsync<InspectionException>(() => new Inspector(options).RunAsync(Token));
        Assert.Contains("None of the statements of 'node server.js' passed", error.Message, StringComparison.Ordinal);
    }

    private IResult Asked(IResult answer)
    {
        _statements.Completed(default);
        return answer;
    }

    private async Task<DatabaseUse> RequireAsync(Func<IResult> items, Func<IResult> logIn)
    {
        await using var api = await TestApi.StartAsync(site =>
        {
            site.Use(async (http, next) =>
            {
                _asked.Enqueue($"{http.Request.Method} {http.Request.Path}");
                await next(http);
            });
            site.MapGet("/health", () => Results.Ok(new { status = "ok" }));
            site.MapGet("/items", items);
            site.MapPost("/login", logIn);
        });
        // What a migration asked is not the backend's.
        _statements.Completed(default);
        var use = new DatabaseUse(_statements, "npm start");
        use.Begin();
        var driver = api.Drive(Document);
        await use.RequireAsync(driver, AuthShapes.Of(driver.Description), Token);
        return use;
    }
}
