using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class SurveyTests(Database databases)
{
    [Fact]
    public async Task A_node_backend_is_driven_through_every_operation_by_learning_from_its_refusals()
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        await using var setup = await PrepareAsync("node-shop", "node server.js");
        Assert.Empty(Undriven(setup));
        Assert.Equal(["A", "B"], setup.Users.Select(user => user.Name));
        Assert.Equal("x-access-token", Assert.Single(setup.Users[0].Proofs).Name);
        // The anonymous is let in where there is no door only.
        var open = setup.Survey.Outcomes.Where(outcome => outcome is { Identity: Identity.AnonymousName, Succeeded: true }).Select(outcome => outcome.Operation.Key);
        Assert.Equal(["GET /products", "GET /products/{id}", "POST /auth/login", "POST /auth/register"], open.Order());
        // What a request wrote is cut out of the log.
        var create = setup.Description.Operations.Single(operation => operation.Key == "POST /products");
        Assert.Contains("made product", Assert.Single((await setup.SendAsync(create, setup.Users[0], TestContext.Current.CancellationToken))!.Log), StringComparison.Ordinal);
        // A deleted thing is made anew before it is deleted again.
        var delete = setup.Description.Operations.Single(operation => operation.Key == "DELETE /products/{id}");
        for (var n = 0; n < 2; n++) Assert.Equal(204, (await setup.SendAsync(delete, setup.Users[1], TestContext.Current.CancellationToken))!.Status);
    }

    [Fact]
    public async Task A_python_backend_on_PostgreSQL_is_driven_with_its_schema_form_log_in_waiting_accounts_and_administrator()
    {
        Assert.SkipUnless(Fixtures.Has("/usr/bin/python3", "-c", "import psycopg2"), "python3-psycopg2 is not installed.");
        await using var setup = await PrepareAsync("python-notes", "/usr/bin/python3 server.py");
        Assert.Empty(Undriven(setup));
        Assert.Contains(setup.Notes, note => note.Contains("is_active = true", StringComparison.Ordinal));
        Assert.NotNull(setup.Administrator);
        var admin = setup.Description.Operations.Single(operation => operation.Key == "GET /api/admin/users");
        Assert.Equal((403, 200), (setup.Survey.Of(admin, setup.Users[0])!.Exchange!.Status, setup.Survey.Of(admin, setup.Administrator)!.Exchange!.Status));
        // Another's account is closed to them, their own is asked for from the start from now on.
        var own = setup.Description.Operations.Single(operation => operation.Key == "PATCH /api/users/{user_id}");
        Assert.Equal(200, (await setup.SendAsync(own, setup.Users[0], TestContext.Current.CancellationToken))!.Status);
        // Each has things of its own.
        var detail = setup.Description.Operations.Single(operation => operation.Key == "GET /api/notes/{note_id}");
        Assert.NotEqual(setup.Survey.Of(detail, setup.Users[0])!.Call!.Path["note_id"], setup.Survey.Of(detail, setup.Users[1])!.Call!.Path["note_id"]);
    }

    [Fact]
    public async Task What_works_once_only_is_switched_on_and_off_and_nobody_loses_the_name_that_they_are_let_in_with()
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        await using var setup = await PrepareAsync("node-circle", "node server.js");
        Assert.Empty(Undriven(setup));
        var ct = TestContext.Current.CancellationToken;
        // Made one after the other, each still works when all are there.
        var calls = new List<Call>();
        foreach (var operation in setup.Description.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal)))
            if (await setup.Survey.FreshAsync(operation, setup.Users[0], ct) is { } call) calls.Add(call);
        Assert.Equal(6, calls.Count);
        foreach (var call in calls) Assert.True((await setup.Driver.TryAsync(call, setup.Users[0], ct)).Succeeded, $"{call.Operation.Key} {string.Join(' ', call.Path.Values)}");
        Assert.True(await setup.Accounts.LogInAsync(setup.Users[0], null, ct), string.Join(" | ", setup.Notes));
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_requests()
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        var requests = new List<string>();
        for (var n = 0; n < 2; n++)
        {
            await using var setup = await PrepareAsync("node-shop", "node server.js");
            requests.Add(string.Join('\n', setup.Driver.History.Select(exchange => $"{exchange.Identity} {exchange.Request.Method} {exchange.Request.Target} {exchange.Request.BodyText} {exchange.Status}")));
        }

        Assert.Equal(requests[0], requests[1]);
    }

    [Fact]
    public async Task What_only_a_seed_makes_is_known_and_paths_that_say_what_is_done_are_about_the_same_things()
    {
        await NodePackages.RequireAsync();
        var database = await databases.NewAsync();
        await using var setup = await InspectionSetup.PrepareAsync(new SetupOptions { Backend = Inspected.Shelves(), ConnectionString = database }, TestContext.Current.CancellationToken);
        Assert.Empty(Undriven(setup));
        Assert.EndsWith("/manual/spec.json", setup.Description.Source, StringComparison.Ordinal);
        // Whoever signs up takes the role that is for everybody; one is made an administrator's.
        Assert.InRange((long)(await Database.ScalarAsync(database, "SELECT count(*) FROM users WHERE role_id = 12"))!, 2, 100);
        Assert.NotNull(setup.Administrator);
        Assert.NotNull(await setup.SendAsync(setup.Description.Operations.Single(operation => operation.Method == "DELETE"), setup.Users[0], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Roles_that_no_seed_makes_are_made_where_nobody_could_sign_up_without_one()
    {
        await NodePackages.RequireAsync();
        var database = await databases.NewAsync();
        // With the command for the schema alone, nothing fills it.
        await using var setup = await InspectionSetup.PrepareAsync(new SetupOptions { Backend = Inspected.Shelves() with { Migrate = "node schema.js" }, ConnectionString = database }, TestContext.Current.CancellationToken);
        Assert.Contains(setup.Notes, note => note.Contains("'admin' and 'user' in roles", StringComparison.Ordinal));
        Assert.Empty(Undriven(setup));
        Assert.InRange((long)(await Database.ScalarAsync(database, "SELECT count(*) FROM users u JOIN roles r ON r.id = u.role_id WHERE r.name = 'user'"))!, 2, 100);
        Assert.NotNull(setup.Administrator);
    }

    private async Task<InspectionSetup> PrepareAsync(string fixture, string command) => await InspectionSetup.PrepareAsync(new SetupOptions
    {
        Backend = new BackendOptions { Command = command, Directory = Fixtures.Folder(fixture) },
        ConnectionString = await databases.NewAsync(),
    }, TestContext.Current.CancellationToken);

    /// <summary>Each with the reasons.</summary>
    private static IEnumerable<string> Undriven(InspectionSetup setup) => setup.Description.Operations.Where(operation => setup.Survey.Best(operation) is not { Succeeded: true })
        .Select(operation => $"{operation.Key}: {string.Join(" | ", setup.Survey.Outcomes.Where(outcome => outcome.Operation == operation).Select(outcome => $"{outcome.Identity}: {outcome.Reason} {outcome.Exchange?.Request.BodyText}"))}; {string.Join(" | ", setup.Notes)}");
}
