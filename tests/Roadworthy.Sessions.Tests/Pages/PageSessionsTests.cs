using Npgsql;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Pages;

public sealed class PageSessionsTests(SessionsServer server)
{
    [Fact]
    public async Task A_browser_is_signed_in_by_its_cookie_until_it_signs_out()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app);
        Assert.False(await browser.IsSignedInAsync());
        Assert.NotNull(await browser.SignInAsync(await app.NewUserAsync()));
        Assert.True(await browser.IsSignedInAsync());
        var copy = browser.Cookies.Single();
        await browser.SignOutAsync();
        Assert.Empty(browser.Cookies);
        browser.Keep(copy.Key, copy.Value);
        Assert.False(await browser.IsSignedInAsync());
        await browser.SignOutAsync();
    }

    [Theory]
    [InlineData("https", "shop.example", "__Host-session=", true)]
    [InlineData("http", "shop.example", "__Host-session=", true)]
    [InlineData("https", "localhost:5001", "__Host-session=", true)]
    [InlineData("http", "127.0.0.1:5080", "session-5080=", false)]
    [InlineData("http", "localhost", "session-80=", false)]
    [InlineData("http", "[::1]:5080", "session-5080=", false)]
    [InlineData("http", "localhost.evil.example:5080", "__Host-session=", true)]
    public async Task The_cookie_is_bound_to_its_host_and_secure_but_for_plain_http_on_this_machine(string scheme, string host, string name, bool secure)
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app, scheme, host);
        await browser.SignInAsync(await app.NewUserAsync());
        Assert.StartsWith(name, browser.LastSet, StringComparison.Ordinal);
        foreach (var part in (string[])["; path=/", "; samesite=lax", "; httponly", "; expires="]) Assert.Contains(part, browser.LastSet, StringComparison.Ordinal);
        Assert.Equal(secure, browser.LastSet.Contains("; secure", StringComparison.Ordinal));
        Assert.DoesNotContain("domain", browser.LastSet, StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Whatever_ends_a_session_ends_the_page_at_the_next_request()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        (string What, Func<string, Guid, Task> End)[] ends =
        [
            ("the user ends it elsewhere", (user, session) => app.Sessions.EndAsync(user, session, TestContext.Current.CancellationToken)),
            ("an administrator ends it", (_, session) => app.Sessions.EndAsync(session, TestContext.Current.CancellationToken)),
            ("all are ended", (user, _) => app.Sessions.EndAllAsync(user, cancellationToken: TestContext.Current.CancellationToken)),
            ("another password", (user, _) => Sql.ExecuteAsync(app.ConnectionString, "UPDATE people SET stamp = 'other' WHERE id = $1", Guid.Parse(user))),
            ("a closed account", (user, _) => Sql.ExecuteAsync(app.ConnectionString, "UPDATE people SET closed = true WHERE id = $1", Guid.Parse(user))),
            ("an account that is gone", (user, _) => Sql.ExecuteAsync(app.ConnectionString, "DELETE FROM people WHERE id = $1", Guid.Parse(user))),
            ("the idle end", (_, session) => app.PassAsync(session, TimeSpan.FromDays(14))),
        ];
        foreach (var (what, end) in ends)
        {
            var browser = new Browser(app);
            var user = await app.NewUserAsync("stamp");
            var session = await browser.SignInAsync(user);
            Assert.True(await browser.IsSignedInAsync());
            await end(user, session!.Value);
            Assert.False(await browser.IsSignedInAsync(), what);
        }
    }

    [Fact]
    public async Task Use_puts_the_idle_end_off_every_five_minutes_at_most_and_never_the_absolute_one()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app);
        var session = (await browser.SignInAsync(await app.NewUserAsync()))!.Value;
        Task<string> RowAsync() => Sql.ScalarAsync<string>(app.ConnectionString, "SELECT xmin::text FROM roadworthy.sessions WHERE id = $1", session);

        var fresh = await RowAsync();
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(fresh, await RowAsync());
        for (var days = 0; days < 84; days += 12)
        {
            await app.PassAsync(session, TimeSpan.FromDays(12));
            var before = await RowAsync();
            Assert.True(await browser.IsSignedInAsync());
            Assert.NotEqual(before, await RowAsync());
        }

        await app.PassAsync(session, TimeSpan.FromDays(6));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Nobody_waits_for_whoever_holds_the_sessions_row()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app);
        var session = (await browser.SignInAsync(await app.NewUserAsync()))!.Value;
        await app.PassAsync(session, TimeSpan.FromHours(1));
        await using var holder = new NpgsqlConnection(app.ConnectionString);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var holding = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("SELECT FROM roadworthy.sessions WHERE id = $1 FOR UPDATE", holder) { Parameters = { new() { Value = session } } })
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.IsSignedInAsync()));
        Assert.All(all, Assert.True);
    }

    [Fact]
    public async Task A_cookie_is_no_refresh_token_and_a_refresh_token_no_cookie_and_junk_is_nobody()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app);
        await browser.SignInAsync(await app.NewUserAsync());
        var (name, cookie) = browser.Cookies.Single();
        Assert.Equal(RefreshVerdict.Invalid, (await app.Sessions.RefreshAsync(cookie, SessionClient.Unknown, TestContext.Current.CancellationToken)).Verdict);

        var tokens = await app.SignInAsync();
        string[] junk = [tokens.RefreshToken, tokens.AccessToken, "", "x", new('A', 72), new('A', 100_000), cookie[..71], cookie + "A", (cookie[0] == 'A' ? "B" : "A") + cookie[1..]];
        foreach (var text in junk)
        {
            browser.Keep(name, text);
            Assert.False(await browser.IsSignedInAsync(), text);
        }

        browser.Keep(name, cookie);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Whoever_signs_in_anew_leaves_no_session_behind_and_gets_another()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app);
        var user = await app.NewUserAsync("stamp");
        var first = await browser.SignInAsync(user);
        Assert.Null(await browser.SignInAsync(user, "a stamp from before"));
        Assert.True(await browser.IsSignedInAsync());
        var second = await browser.SignInAsync(user);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Assert.Single(await app.Sessions.ListAsync(user, TestContext.Current.CancellationToken)).Id);
    }

    [Fact]
    public async Task A_look_at_a_page_is_one_statement()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app);
        await browser.SignInAsync(await app.NewUserAsync());
        await browser.IsSignedInAsync();
        // Opened before: what it asks when it opens is not the page's.
        await using var counter = new NpgsqlConnection(app.ConnectionString);
        await counter.OpenAsync(TestContext.Current.CancellationToken);
        await using (var reset = new NpgsqlCommand("SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)::text", counter))
            await reset.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        for (var times = 0; times < 5; times++) Assert.True(await browser.IsSignedInAsync());
        await using var count = new NpgsqlCommand(
            """
            SELECT sum(calls) FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'
            """, counter);
        Assert.Equal(5m, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task While_the_root_key_changes_cookies_of_both_are_taken()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var browser = new Browser(app);
        await browser.SignInAsync(await app.NewUserAsync());
        var (name, cookie) = browser.Cookies.Single();
        var next = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        await using var changed = SessionsApp.On(app.ConnectionString, configure: options =>
        {
            options.RootKey = next;
            options.AcceptedRootKeys.Add(SessionsApp.RootKey);
        });
        var there = new Browser(changed);
        there.Keep(name, cookie);
        Assert.True(await there.IsSignedInAsync());
        await using var without = SessionsApp.On(app.ConnectionString, configure: options => options.RootKey = next);
        var elsewhere = new Browser(without);
        elsewhere.Keep(name, cookie);
        Assert.False(await elsewhere.IsSignedInAsync());
    }
}
