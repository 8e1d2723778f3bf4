using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Acceptance;

/// <summary>PostgreSQL itself is killed under refreshes, and recovers.</summary>
public sealed class CrashTests
{
    private const int Clients = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A6_a_crash_of_PostgreSQL_under_refreshes_signs_nobody_out_whether_rotations_wait_for_the_disk_or_not(bool waitForDisk)
    {
        await using var server = await StartAsync();
        var events = new ConcurrentBag<SessionEventKind>();
        await using var app = On(server, waitForDisk, events);
        var sessions = await SignInAsync(app);
        using var stop = new CancellationTokenSource();
        var (granted, failed) = (0, 0);
        var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(n => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    sessions[n] = await GrantedAsync(app, sessions[n]);
                    Interlocked.Increment(ref granted);
                }
                catch (NpgsqlException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })));
        await UntilAsync(() => Volatile.Read(ref granted) > 10 * Clients);
        Kill(server);
        await UntilAsync(() => Volatile.Read(ref failed) >= Clients);
        await server.RestartAsync(TestContext.Current.CancellationToken);
        var before = Volatile.Read(ref granted);
        await UntilAsync(() => Volatile.Read(ref granted) > before + (10 * Clients));
        await stop.CancelAsync();
        await clients;

        for (var n = 0; n < Clients; n++) await GrantedAsync(app, sessions[n]);
        Assert.DoesNotContain(SessionEventKind.Reused, events);
        if (waitForDisk) Assert.DoesNotContain(SessionEventKind.RolledForward, events);

        async Task UntilAsync(Func<bool> condition)
        {
            var since = Stopwatch.GetTimestamp();
            while (!condition() && !clients.IsFaulted)
            {
                Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60), $"It never came to be: {granted} granted, {failed} failed.");
                await Task.Delay(1);
            }
        }
    }

    [Fact]
    public async Task A6_rotations_that_a_crash_of_PostgreSQL_undid_are_rolled_forward()
    {
        await using var server = await StartAsync();
        var events = new ConcurrentBag<SessionEventKind>();
        await using var app = On(server, waitForDisk: false, events);
        var sessions = await SignInAsync(app);
        for (var n = 0; n < Clients; n++) sessions[n] = await GrantedAsync(app, sessions[n]);
        Kill(server);
        await server.RestartAsync(TestContext.Current.CancellationToken);

        for (var n = 0; n < Clients; n++) await GrantedAsync(app, sessions[n]);
        Assert.Contains(SessionEventKind.RolledForward, events);
        Assert.DoesNotContain(SessionEventKind.Reused, events);
    }

    // The log is written when a page of it is full, or when somebody waits for it: the last rotations before a crash are lost with certainty.
    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Settings = { ["synchronous_commit"] = "on", ["wal_writer_delay"] = "10s", ["shared_preload_libraries"] = "pg_stat_statements" } },
            TestContext.Current.CancellationToken);
        await SessionsServer.PrepareAsync(server.GetConnectionString(), TestContext.Current.CancellationToken);
        return server;
    }

    private static SessionsApp On(PostgresServer server, bool waitForDisk, ConcurrentBag<SessionEventKind> events) => SessionsApp.On(server.GetConnectionString(), configure: options =>
    {
        (options.WaitForDisk, options.ReplayWindow) = (waitForDisk, TimeSpan.FromSeconds(1));
        options.OnEvent = (happened, _) =>
        {
            events.Add(happened.Kind);
            return ValueTask.CompletedTask;
        };
    });

    private static async Task<SessionTokens[]> SignInAsync(SessionsApp app)
    {
        var sessions = new SessionTokens[Clients];
        for (var n = 0; n < Clients; n++) sessions[n] = await app.SignInAsync();
        return sessions;
    }

    private static async Task<SessionTokens> GrantedAsync(SessionsApp app, SessionTokens tokens)
    {
        var result = await app.RefreshAsync(tokens);
        Assert.True(result.Verdict.IsGranted(), $"{result.Verdict}");
        return result.Tokens!;
    }

    private static void Kill(PostgresServer server)
    {
        using var head = Process.GetProcessById(server.ProcessId);
        head.Kill();
    }
}
