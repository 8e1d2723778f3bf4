using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Sessions.Tests.Support;
using Roadworthy.Testing;

namespace Roadworthy.Sessions.Tests.Pages;

/// <summary>Pages while the database can't be asked: who is called because of that has to see them.</summary>
public sealed class PageOutageTests(SessionsServer server) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private ClonedDatabase _database = null!;
    private PostgresProxy _proxy = null!;
    private SessionsApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CloneAsync();
        _proxy = PostgresProxy.Before(_database.ConnectionString);
        _app = SessionsApp.On(_proxy.Through(_database.ConnectionString), time: _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Who_was_seen_within_the_hour_goes_on_reading_and_changes_nothing()
    {
        var browser = new Browser(_app);
        await browser.SignInAsync(await _app.NewUserAsync());
        Assert.True(await browser.IsSignedInAsync());
        await _proxy.DisposeAsync();
        Assert.True(await browser.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync("HEAD"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => browser.IsSignedInAsync("POST"));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await browser.IsSignedInAsync());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Who_was_not_seen_before_is_nobody_whom_memory_could_let_in()
    {
        var (seen, unseen) = (new Browser(_app), new Browser(_app));
        foreach (var browser in (Browser[])[seen, unseen]) await browser.SignInAsync(await _app.NewUserAsync());
        Assert.True(await seen.IsSignedInAsync());
        await _proxy.DisposeAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => unseen.IsSignedInAsync());
        // A cookie without a right seal is looked up nowhere.
        seen.Keep(seen.Cookies.Single().Key, "forged");
        Assert.False(await seen.IsSignedInAsync());
    }

    [Fact]
    public async Task Who_has_signed_out_or_was_found_ended_is_forgotten()
    {
        var (left, ended) = (new Browser(_app), new Browser(_app));
        var user = await _app.NewUserAsync();
        Guid? session = null;
        foreach (var browser in (Browser[])[left, ended])
        {
            session = await browser.SignInAsync(user);
            Assert.True(await browser.IsSignedInAsync());
        }

        var cookie = left.Cookies.Single();
        await left.SignOutAsync();
        left.Keep(cookie.Key, cookie.Value);
        await _app.Sessions.EndAsync(user, session!.Value, TestContext.Current.CancellationToken);
        Assert.False(await ended.IsSignedInAsync());
        await _proxy.DisposeAsync();
        foreach (var browser in (Browser[])[left, ended]) await Assert.ThrowsAnyAsync<NpgsqlException>(() => browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_thousand_sessions_are_remembered_and_the_oldest_make_room()
    {
        var first = new Browser(_app);
        var user = await _app.NewUserAsync();
        await first.SignInAsync(user);
        Assert.True(await first.IsSignedInAsync());
        Browser? last = null;
        for (var n = 0; n < Sessions.Pages.SeenPages.Capacity; n++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            last = new Browser(_app);
            await last.SignInAsync(user);
            Assert.True(await last.IsSignedInAsync());
        }

        await _proxy.DisposeAsync();
        Assert.True(await last!.IsSignedInAsync());
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => first.IsSignedInAsync());
    }
}
