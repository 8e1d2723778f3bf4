using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions.Tests.Pages;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Store;

public sealed class ActiveSessionsTests(SessionsServer server)
{
    [Fact]
    public async Task Everybodys_live_sessions_come_in_pages_the_newest_first_and_each_once()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var all = new List<Guid>();
        for (var n = 0; n < 5; n++) all.Insert(0, (await app.SignInAsync()).SessionId);
        all.Insert(0, (await new Browser(app).SignInAsync(await app.NewUserAsync()))!.Value);
        await app.Sessions.EndAsync(all[2], TestContext.Current.CancellationToken);
        await app.PassAsync(all[4], TimeSpan.FromDays(15));
        var live = all.Where((_, n) => n is not (2 or 4)).ToList();

        var seen = new List<ActiveSession>();
        for (Guid? after = null; ;)
        {
            var page = await app.Sessions.ListActiveAsync(after: after, limit: 3, cancellationToken: TestContext.Current.CancellationToken);
            seen.AddRange(page.Items);
            if ((after = page.Next) is null) break;
        }

        Assert.Equal(live, seen.Select(session => session.Id));
        Assert.True(seen[0].Page);
        Assert.False(seen[1].Page);
        Assert.All(seen, session => Assert.Equal("""{"role": "user"}""", session.Claims));
    }

    [Fact]
    public async Task One_users_are_found_by_id_and_what_is_no_id_is_nobodys()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var user = await app.NewUserAsync();
        var mine = (await app.Sessions.SignInAsync(new(user), cancellationToken: TestContext.Current.CancellationToken))!.SessionId;
        await app.SignInAsync();
        Assert.Equal(mine, Assert.Single((await app.Sessions.ListActiveAsync(user, cancellationToken: TestContext.Current.CancellationToken)).Items).Id);
        foreach (var nobody in (string[])[Guid.NewGuid().ToString(), "", "'; DROP TABLE people", "a\0b", $"{{{user}}}"])
            Assert.Empty((await app.Sessions.ListActiveAsync(nobody, cancellationToken: TestContext.Current.CancellationToken)).Items);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => app.Sessions.ListActiveAsync(limit: 501, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Any_session_can_be_ended_once()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var session = (await app.SignInAsync()).SessionId;
        Assert.True(await app.Sessions.EndAsync(session, TestContext.Current.CancellationToken));
        Assert.False(await app.Sessions.EndAsync(session, TestContext.Current.CancellationToken));
        Assert.False(await app.Sessions.EndAsync(Guid.NewGuid(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_history_has_the_latest_events_of_all_and_of_one_and_is_bounded()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var history = app.Services.GetRequiredService<SessionHistory>();
        var tokens = await app.SignInAsync();
        await app.RefreshAsync(tokens);
        await app.Sessions.EndAsync(tokens.SessionId, TestContext.Current.CancellationToken);
        await app.SignInAsync();
        Assert.Equal(
            [SessionEventKind.Revoked, SessionEventKind.Rotated, SessionEventKind.SignedIn],
            history.Latest(session: tokens.SessionId).Select(past => past.Event.Kind));
        Assert.Equal(SessionEventKind.SignedIn, Assert.Single(history.Latest(1)).Event.Kind);

        for (var n = 0; n < SessionHistory.Capacity + 10; n++) history.Add(DateTimeOffset.UnixEpoch.AddSeconds(n), history.Latest(1)[0].Event with { Generation = n });
        Assert.Equal(SessionHistory.Capacity, history.Latest().Count);
        Assert.Equal(SessionHistory.Capacity + 9, history.Latest()[0].Event.Generation);
        Assert.Equal(10, history.Latest()[^1].Event.Generation);
    }
}
