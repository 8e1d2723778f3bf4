using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Roadworthy.Postgres;
using Storefront.Data;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

public sealed class DownAtStartTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_process_that_has_no_root_key_says_what_to_do_and_shows_no_stack()
    {
        await using var process = BackendProcess.Start(
            BackendProcess.Program("Storefront"),
            new(StringComparer.Ordinal) { ["ConnectionStrings__Storefront"] = "Host=127.0.0.1;Port=1;Database=storefront;Username=none" },
            "--urls", "http://127.0.0.1:0");
        Assert.Equal(2, await process.ExitAsync());
        Assert.Contains("openssl rand -base64 32", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output + process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_starts_without_its_database_is_live_not_ready_and_serves_once_the_database_is_there()
    {
        await using var folder = TemporaryFolder.Create();
        // Kept, hence durable: a throwaway server may forget its last commits when it is killed.
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = folder.Sub("postgres") }, TestContext.Current.CancellationToken);
        await server.CreateDatabaseAsync("storefront", TestContext.Current.CancellationToken);
        var connection = server.GetConnectionString("storefront");
        await Migrator.MigrateAsync(connection, NullLogger.Instance, CancellationToken.None);
        using (var postmaster = Process.GetProcessById(server.ProcessId)) postmaster.Kill();

        await using var process = BackendProcess.Deployed(connection);
        using var client = new HttpClient { BaseAddress = await process.AddressAsync() };
        await client.LookAsync("/health/live").ShouldBeAsync(200);
        await client.LookAsync("/health/ready").ShouldBeAsync(503);
        await client.LookAsync("/api/products").ShouldBeProblemAsync(503, "database-unavailable");

        await server.RestartAsync(TestContext.Current.CancellationToken);
        var ready = await Eventually.TrueAsync("it is ready", client.IsReadyAsync);
        await client.LookAsync("/api/products").ShouldBeAsync(200);
        output.WriteLine($"Ready {ready.TotalSeconds:0.00} s after the database");
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.ExitAsync());
    }
}
