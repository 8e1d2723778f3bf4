using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Roadworthy.Postgres;
using Storefront.Data;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

/// <summary>The database goes away under load: no failure that a client was told of may be missing from the log, nor from the error groups.</summary>
public sealed class ErrorTrackingTests(ITestOutputHelper output)
{
    private const int Clients = 6;

    [Fact]
    [Trait("Category", "Long")]
    public Task PostgreSQL_is_stopped_under_load_and_each_failed_request_has_one_record_and_its_place_in_a_group() => StopAsync(TimeSpan.Zero);

    [Fact, Trait("Category", "Long")]
    public Task PostgreSQL_is_stopped_for_a_minute_under_load_and_each_failed_request_has_one_record_and_its_place_in_a_group() => StopAsync(TimeSpan.FromMinutes(1));

    [Fact]
    [Trait("Category", "Long")]
    public Task The_backend_is_killed_while_PostgreSQL_is_away_and_no_failure_that_was_answered_is_lost() => KillAsync(TimeSpan.Zero);

    [Fact, Trait("Category", "Long")]
    public Task The_backend_is_killed_at_the_end_of_a_minute_without_PostgreSQL_and_no_failure_that_was_answered_is_lost() => KillAsync(TimeSpan.FromMinutes(1));

    private async Task StopAsync(TimeSpan outage)
    {
        await using var folder = TemporaryFolder.Create();
        await using var server = await ServerAsync(folder);
        var connection = server.GetConnectionString("storefront");
        await using var backend = Start(connection, folder);
        var load = FailureStream.Start(await backend.AddressAsync(), Clients);
        await EveryoneAsync("is served", client => load.Served(client) >= 3);

        await OutageAsync(server, load, outage);
        await server.RestartAsync(TestContext.Current.CancellationToken);
        var served = Enumerable.Range(0, Clients).Select(load.Served).ToList();
        await EveryoneAsync("is served again", client => load.Served(client) >= served[client] + 3);
        await load.StopAsync();

        await ShouldBeInGroupsAsync(connection, load);
        await backend.SignalAsync("TERM");
        Assert.Equal(0, await backend.ExitAsync());
        ShouldBeRecorded(backend, load);
    }

    private async Task KillAsync(TimeSpan outage)
    {
        await using var folder = TemporaryFolder.Create();
        await using var server = await ServerAsync(folder);
        var connection = server.GetConnectionString("storefront");
        await using var backend = Start(connection, folder);
        var load = FailureStream.Start(await backend.AddressAsync(), Clients);
        await EveryoneAsync("is served", client => load.Served(client) >= 3);

        await OutageAsync(server, load, outage);
        backend.Kill();
        await load.EndAsync();
        Assert.Equal(137, await backend.ExitAsync());
        await using var next = Start(connection, folder);
        await next.AddressAsync();
        await server.RestartAsync(TestContext.Current.CancellationToken);

        await ShouldBeInGroupsAsync(connection, load);
        ShouldBeRecorded(backend, load);
    }

    private static async Task<PostgresServer> ServerAsync(TemporaryFolder folder)
    {
        // Kept, hence durable: a throwaway server may forget its last commits when it is killed.
        var server = await PostgresServer.StartAsync(new() { DataDirectory = folder.Sub("postgres") }, TestContext.Current.CancellationToken);
        await server.CreateDatabaseAsync("storefront", TestContext.Current.CancellationToken);
        await Migrator.MigrateAsync(server.GetConnectionString("storefront"), NullLogger.Instance, CancellationToken.None);
        return server;
    }

    private static BackendProcess Start(string connection, TemporaryFolder folder) => BackendProcess.Deployed(
        connection, "--Storefront:AccountRequestsPerMinute=1000000", $"--Storefront:ErrorTracking:SpoolFolder={folder.Sub("errors")}",
        "--Storefront:ErrorTracking:MaxEventsPerGroup=1000000", "--Storefront:ErrorTracking:MaxSpoolBytes=1000000000");

    private static async Task OutageAsync(PostgresServer server, FailureStream load, TimeSpan outage)
    {
        using (var postmaster = Process.GetProcessById(server.ProcessId)) postmaster.Kill();
        var since = Stopwatch.StartNew();
        await EveryoneAsync("was told of the outage", client => load.Failures.Count(failure => failure.Client == client) >= 5);
        await Eventually.TrueAsync("it lasts as long as it shall", () => since.Elapsed >= outage, outage + TimeSpan.FromSeconds(20));
    }

    private static Task<TimeSpan> EveryoneAsync(string what, Func<int, bool> condition) =>
        Eventually.TrueAsync($"every client {what}", () => Enumerable.Range(0, Clients).All(condition), TimeSpan.FromSeconds(60));

    private async Task ShouldBeInGroupsAsync(string connection, FailureStream load)
    {
        var traces = load.Failures.Select(failure => failure.TraceId).ToList();
        Assert.Equal(traces.Count, traces.Distinct(StringComparer.Ordinal).Count());
        var since = Stopwatch.StartNew();
        await Eventually.TrueAsync(
            $"{traces.Count} failures are in groups",
            async () => await Sql.ScalarAsync<long>(connection, "SELECT count(DISTINCT trace_id) FROM roadworthy.error_events WHERE trace_id = ANY ($1)", (object)traces.ToArray()) == traces.Count,
            TimeSpan.FromSeconds(60));
        output.WriteLine($"{traces.Count} failed requests, {load.Failures.CountBy(failure => failure.Status).Aggregate("", (text, status) => $"{text} {status.Value} x {status.Key}")}; all in groups after {since.Elapsed.TotalSeconds:0.0} s");

        Assert.Empty(await Sql.ColumnAsync<string>(connection, "SELECT trace_id FROM roadworthy.error_events WHERE trace_id IS NOT NULL GROUP BY trace_id HAVING count(*) > 1"));
        Assert.Equal(
            await Sql.ScalarAsync<long>(connection, "SELECT count(*) FROM roadworthy.error_events"),
            await Sql.ScalarAsync<long>(connection, "SELECT sum(count)::bigint FROM roadworthy.error_groups"));
    }

    private static void ShouldBeRecorded(BackendProcess backend, FailureStream load)
    {
        var records = backend.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{') && line.EndsWith('}'))
            .Select(line => JsonElement.Parse(line)).Where(record => record.Level() is "Error" or "Critical" && record.TryGetProperty("traceId", out _))
            .ToLookup(record => record.GetProperty("traceId").GetString()!, StringComparer.Ordinal);
        Assert.NotEmpty(load.Failures);
        Assert.All(load.Failures, failure =>
        {
            var record = Assert.Single(records[failure.TraceId]);
            Assert.StartsWith("/api/", record.GetProperty("route").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(record.GetProperty("requestId").GetString()!);
            Assert.NotEmpty(record.GetProperty("exception").GetProperty("type").GetString()!);
            Assert.NotEqual(0, record.GetProperty("exception").GetProperty("frames").GetArrayLength());
            Assert.False(record.TryGetProperty("truncated", out _), record.ToString());
        });
    }
}
