using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing;

public sealed class BenchTests(Database databases)
{
    private const string Document =
        """{"openapi":"3.0.3","info":{"title":"Things","version":"1"},"paths":{"/things":{"get":{"responses":{"200":{"description":"All."}}},"post":{"responses":{"201":{"description":"Made."}}}}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_lock_kept_from_being_taken_back_is_not_told_of_the_next_trial(bool isReleased)
    {
        NpgsqlConnection? keeper = null;
        await using var api = await InProcess.OpenAsync(databases, "CREATE TABLE things (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)", Document, Map, Token);
        await using (var bench = await Bench.PrepareAsync(api.Context, Token))
        {
            var post = new Call { Operation = api.Context.Setup.Description.Operations.Single(operation => operation.Method == "POST") };
            var who = api.Context.Setup.Anonymous;
            keeper = new NpgsqlConnection(api.Context.Database + ";Pooling=false");
            await keeper.OpenAsync(Token);
            _keep = () => LockAsync(keeper);
            Assert.Single((await bench.TryAsync(post, who, Token)).Delta.Tables);
            _keep = null;
            if (isReleased) await keeper.DisposeAsync();
            Assert.Single(Assert.Single((await bench.TryAsync(post, who, Token)).Delta.Tables).Added);
            await keeper.DisposeAsync();
        }

        Assert.Equal(isReleased ? 0L : 1L, await Database.ScalarAsync(api.Context.Database, "SELECT count(*) FROM things WHERE name = 'tried'"));
    }

    private Func<Task>? _keep;

    private static async Task LockAsync(NpgsqlConnection keeper)
    {
        var transaction = await keeper.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("SELECT 1 FROM things FOR UPDATE", keeper, transaction);
        await command.ExecuteNonQueryAsync(Token);
    }

    private void Map(WebApplication site, NpgsqlDataSource source)
    {
        site.MapGet("/things", async () => (await source.RowsAsync("SELECT id, name FROM things LIMIT 20")).Select(row => new { id = row[0], name = row[1] }));
        site.MapPost("/things", async () =>
        {
            await source.MadeAsync(_keep is null ? "INSERT INTO things (name) VALUES ('next')" : "INSERT INTO things (name) VALUES ('tried')");
            if (_keep is { } keep) await keep();
            return Results.StatusCode(201);
        });
    }
}
