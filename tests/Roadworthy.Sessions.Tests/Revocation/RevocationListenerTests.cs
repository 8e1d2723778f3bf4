using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions.Revocation;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Revocation;

/// <summary>What an instance believes of sessions that another ended.</summary>
public sealed class RevocationListenerTests(SessionsServer server)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_that_another_instance_ends_is_known_within_a_second()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        await using var other = SessionsApp.On(app.ConnectionString);
        await app.StartAsync();
        var known = app.Services.GetRequiredService<RevokedSessions>();
        await UntilAsync(() => known.IsCurrent);
        var tokens = await app.SignInAsync();
        Assert.False(known.Contains(tokens.SessionId));
        await other.Sessions.SignOutAsync(tokens.RefreshToken);
        Assert.InRange(await UntilAsync(() => known.Contains(tokens.SessionId)), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task While_the_connection_that_listens_is_cut_an_instance_does_not_believe_itself()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        await using var other = SessionsApp.On(app.ConnectionString);
        await app.StartAsync();
        var known = app.Services.GetRequiredService<RevokedSessions>();
        for (var round = 0; round < 5; round++)
        {
            await UntilAsync(() => known.IsCurrent);
            var tokens = await app.SignInAsync();
            Assert.Equal(1, await CutAsync(app));
            await other.Sessions.SignOutAsync(tokens.RefreshToken);
            var ended = Stopwatch.GetTimestamp();
            await UntilAsync(() =>
            {
                // In this order: it may learn of it between the two.
                var (believes, isKnown) = (known.IsCurrent, known.Contains(tokens.SessionId));
                Assert.False(believes && !isKnown && Stopwatch.GetElapsedTime(ended) > RevokedSessions.MaxSilence, "It takes an ended session for a live one.");
                return isKnown && believes;
            });
        }
    }

    private static Task<long> CutAsync(SessionsApp app) => Sql.ScalarAsync<long>(
        app.ConnectionString,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')");

    private static async Task<TimeSpan> UntilAsync(Func<bool> condition)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Limit, "It never came to be.");
            // To yield alone would keep a core busy that the waited-for need.
            await Task.Delay(1);
        }

        return Stopwatch.GetElapsedTime(since);
    }
}
