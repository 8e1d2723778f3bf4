using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Sessions;

/// <summary>Sessions as a client of the backend sees them.</summary>
public sealed class SessionTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task A_refresh_answers_the_next_token_and_an_access_token_that_is_taken()
    {
        var first = await SignInAsync(await NewAsync());
        var second = await RefreshAsync(first).ShouldBeAsync(200);
        Assert.NotEqual(Refresh(first), Refresh(second), StringComparer.Ordinal);
        Assert.Equal(900, second.GetProperty("expiresIn").GetInt32());
        await Client(second).LookAsync("/api/me").ShouldBeAsync(200);
    }

    [Fact]
    public async Task Fifty_refreshes_at_once_answer_one_successor()
    {
        var session = await SignInAsync(await NewAsync());
        for (var round = 0; round < 4; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RefreshAsync(session)));
            var bodies = new List<JsonElement>();
            foreach (var answer in answers) bodies.Add(await Task.FromResult(answer).ShouldBeAsync(200));
            Assert.Single(bodies.Select(Refresh).Distinct(StringComparer.Ordinal));
            session = bodies[0];
            await AgeAsync(session, TimeSpan.FromSeconds(11));
        }
    }

    [Fact]
    public async Task A_lost_answer_is_given_again_after_ten_minutes_and_not_after_a_day()
    {
        var session = await SignInAsync(await NewAsync());
        var lost = await RefreshAsync(session).ShouldBeAsync(200);
        await AgeAsync(session, TimeSpan.FromMinutes(10));
        Assert.Equal(Refresh(lost), Refresh(await RefreshAsync(session).ShouldBeAsync(200)));
        await AgeAsync(session, TimeSpan.FromDays(1));
        await RefreshAsync(session).ShouldBeProblemAsync(401, "session-reused");
        await RefreshAsync(lost).ShouldBeProblemAsync(401, "session-revoked");
    }

    [Fact]
    public async Task A3_an_old_token_ends_the_session_once_the_access_token_of_its_successor_was_used()
    {
        var session = await SignInAsync(await NewAsync());
        var next = await RefreshAsync(session).ShouldBeAsync(200);
        var client = Client(next);
        await client.LookAsync("/api/me").ShouldBeAsync(200);
        await Eventually.TrueAsync("the use is recorded", async () => await Sql.ScalarAsync<long>(
            _host.ConnectionString, "SELECT confirmed FROM roadworthy.sessions WHERE id = $1", Id(session)) == 2);
        await AgeAsync(session, TimeSpan.FromSeconds(11));

        await RefreshAsync(session).ShouldBeProblemAsync(401, "session-reused");
        await RefreshAsync(next).ShouldBeProblemAsync(401, "session-revoked");
        await client.LookAsync("/api/me").ShouldBeProblemAsync(401, "unauthorized");
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_its_access_token_and_may_be_repeated()
    {
        var session = await SignInAsync(await NewAsync());
        var client = Client(session);
        await client.LookAsync("/api/me").ShouldBeAsync(200);
        for (var times = 0; times < 2; times++)
            await _host.Anonymous.TellAsync("/api/logout", new { refreshToken = Refresh(session) }).ShouldBeAsync(204);
        await client.LookAsync("/api/me").ShouldBeProblemAsync(401, "unauthorized");
        await RefreshAsync(session).ShouldBeProblemAsync(401, "session-revoked");
        await _host.Anonymous.TellAsync("/api/logout", new { }).ShouldBeAsync(204);

        var other = await SignInAsync(await NewAsync());
        await Client(other).TellAsync("/api/logout", new { }).ShouldBeAsync(204);
        await RefreshAsync(other).ShouldBeProblemAsync(401, "session-revoked");
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one_or_all_others()
    {
        var email = await NewAsync();
        var (one, two, three) = (await SignInAsync(email), await SignInAsync(email), await SignInAsync(email));
        var list = (await Client(two).LookAsync("/api/sessions").ShouldBeAsync(200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([Id(three), Id(two), Id(one)], list.Select(item => item.GetProperty("id").GetGuid()));
        Assert.Equal(Id(two), Assert.Single(list, item => item.GetProperty("current").GetBoolean()).GetProperty("id").GetGuid());
        Assert.Equal("127.0.0.1", list[0].GetProperty("address").GetString());

        await Client(two).DeleteAsync($"/api/sessions/{Id(one)}").ShouldBeAsync(204);
        await Client(two).DeleteAsync($"/api/sessions/{Id(one)}").ShouldBeProblemAsync(404, "not-found");
        await Client(one).LookAsync("/api/me").ShouldBeProblemAsync(401);
        await Client(two).DeleteAsync("/api/sessions").ShouldBeAsync(204);
        await RefreshAsync(three).ShouldBeProblemAsync(401, "session-revoked");
        await RefreshAsync(two).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Another_users_session_can_not_be_ended_and_is_not_shown()
    {
        var (mine, theirs) = (await SignInAsync(await NewAsync()), await SignInAsync(await NewAsync()));
        await Client(mine).DeleteAsync($"/api/sessions/{Id(theirs)}").ShouldBeProblemAsync(404, "not-found");
        Assert.Single((await Client(mine).LookAsync("/api/sessions").ShouldBeAsync(200)).GetProperty("items").EnumerateArray());
        await RefreshAsync(theirs).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_new_password_ends_every_session_and_answers_a_new_pair()
    {
        var email = await NewAsync();
        var (one, other) = (await SignInAsync(email), await SignInAsync(email));
        var wrong = new { current = "not the password", @new = "another password" };
        await Client(one).TellAsync("/api/password", wrong).ShouldBeProblemAsync(401, "wrong-credentials");
        var pair = await Client(one).TellAsync("/api/password", new { current = People.Password, @new = "another password" }).ShouldBeAsync(200);

        foreach (var ended in (JsonElement[])[one, other]) await RefreshAsync(ended).ShouldBeProblemAsync(401, "session-revoked");
        await Eventually.TrueAsync("the old access tokens are refused", async () =>
            (int)(await Client(one).LookAsync("/api/me")).StatusCode == 401 && (int)(await Client(other).LookAsync("/api/me")).StatusCode == 401);
        await Client(await RefreshAsync(pair).ShouldBeAsync(200)).LookAsync("/api/me").ShouldBeAsync(200);
        await _host.Anonymous.TellAsync("/api/login", new { email, password = People.Password }).ShouldBeProblemAsync(401, "wrong-credentials");
        Assert.NotEmpty(await _host.LogInAsync(email, "another password"));
    }

    [Fact]
    public async Task A_new_password_that_races_forty_refreshes_leaves_its_own_pair_alone()
    {
        var session = await SignInAsync(await NewAsync());
        var change = Client(session).TellAsync("/api/password", new { current = People.Password, @new = "another password" });
        var refreshes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => RefreshAsync(session))));
        var pair = await change.ShouldBeAsync(200);
        foreach (var answer in refreshes.Where(answer => (int)answer.StatusCode == 200))
            await RefreshAsync(await Task.FromResult(answer).ShouldBeAsync(200)).ShouldBeProblemAsync(401, "session-revoked");
        Assert.Equal(1, await Sql.ScalarAsync<long>(
            _host.ConnectionString,
            "SELECT count(*) FROM roadworthy.sessions WHERE revoked_at IS NULL AND user_id = (SELECT user_id FROM roadworthy.sessions WHERE id = $1)", Id(pair)));
        await RefreshAsync(pair).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_cookie_of_a_session_that_has_ended_does_not_keep_the_live_one_from_being_logged_out()
    {
        var email = await NewAsync();
        var dead = await SignInAsync(email);
        await _host.Anonymous.TellAsync("/api/logout", new { refreshToken = Refresh(dead) }).ShouldBeAsync(204);
        var live = await SignInAsync(email);
        var client = Client(live);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/logout") { Content = JsonContent.Create(new { }) };
        request.Headers.TryAddWithoutValidation("Cookie", $"__Host-refresh={Refresh(dead)}");
        await client.AskAsync(request).ShouldBeAsync(204);
        await client.LookAsync("/api/me").ShouldBeProblemAsync(401, "unauthorized");
        await RefreshAsync(live).ShouldBeProblemAsync(401, "session-revoked");
    }

    [Fact]
    public async Task Who_logs_out_and_leaves_before_the_answer_has_logged_out()
    {
        var session = await SignInAsync(await NewAsync());
        await using var holder = new NpgsqlConnection(_host.ConnectionString);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var holding = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var row = new NpgsqlCommand("SELECT generation FROM roadworthy.sessions WHERE id = $1 FOR UPDATE", holder) { Parameters = { new() { Value = Id(session) } } })
            await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/logout") { Content = JsonContent.Create(new { refreshToken = Refresh(session) }) };
        var loggingOut = _host.Anonymous.SendAsync(request, leaving.Token);
        Func<Task<bool>> isWaiting = async () => await Sql.ScalarAsync<long>(
            _host.ConnectionString, "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()") > 0;
        await Eventually.TrueAsync("the log-out waits for the row", isWaiting);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loggingOut);
        // Longer than a statement that is given up takes to go.
        await Assert.ThrowsAsync<Xunit.Sdk.FailException>(() => Eventually.TrueAsync("it is given up", async () => !await isWaiting(), TimeSpan.FromSeconds(1)));
        await holding.CommitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync("the session has ended", async () => (int)(await RefreshAsync(session)).StatusCode == 401);
    }

    [Fact]
    public async Task Whoever_asks_for_a_cookie_gets_the_token_where_no_script_reads_it_and_other_sites_can_not_use_it()
    {
        var email = await NewAsync();
        var answer = await _host.Anonymous.TellAsync("/api/login", new { email, password = People.Password, cookie = true });
        var body = await Task.FromResult(answer).ShouldBeAsync(200);
        Assert.False(body.TryGetProperty("refreshToken", out _));
        var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        foreach (var part in (string[])["__Host-refresh=", "; secure", "; samesite=lax", "; httponly", "; path=/"]) Assert.Contains(part, set, StringComparison.Ordinal);
        var cookie = set[..set.IndexOf(';', StringComparison.Ordinal)];

        await ByCookieAsync(cookie, ("Sec-Fetch-Site", "cross-site")).ShouldBeProblemAsync(403, "foreign-site");
        await ByCookieAsync(cookie, ("Sec-Fetch-Site", "same-site")).ShouldBeProblemAsync(403, "foreign-site");
        await ByCookieAsync(cookie, ("Origin", "https://evil.example")).ShouldBeProblemAsync(403, "foreign-site");
        var refreshed = await ByCookieAsync(cookie, ("Sec-Fetch-Site", "same-origin"));
        Assert.False((await Task.FromResult(refreshed).ShouldBeAsync(200)).TryGetProperty("refreshToken", out _));
        var next = Assert.Single(refreshed.Headers.GetValues("Set-Cookie"));
        Assert.NotEqual(cookie, next[..next.IndexOf(';', StringComparison.Ordinal)]);

        var refused = await ByCookieAsync("__Host-refresh=junk");
        await Task.FromResult(refused).ShouldBeProblemAsync(401, "refresh-token-invalid");
        Assert.False(refused.Headers.Contains("Set-Cookie"));
    }

    private static string Refresh(JsonElement session) => session.GetProperty("refreshToken").GetString()!;

    private static Guid Id(JsonElement session) => new(System.Buffers.Text.Base64Url.DecodeFromChars(Refresh(session)).AsSpan(2, 16), bigEndian: true);

    private HttpClient Client(JsonElement session) => _host.Client(session.GetProperty("accessToken").GetString());

    private Task<HttpResponseMessage> RefreshAsync(JsonElement session) => _host.Anonymous.TellAsync("/api/token/refresh", new { refreshToken = Refresh(session) });

    private Task AgeAsync(JsonElement session, TimeSpan time) => Sql.ExecuteAsync(
        _host.ConnectionString, "UPDATE roadworthy.sessions SET rotated_at = rotated_at - $2, healed_at = healed_at - $2 WHERE id = $1", Id(session), time);

    private async Task<string> NewAsync()
    {
        var email = People.NewEmail();
        await _host.Anonymous.TellAsync("/api/signup", new { email, password = People.Password, name = "A Person", age = 42 }).ShouldBeAsync(201);
        return email;
    }

    private Task<JsonElement> SignInAsync(string email) => _host.Anonymous.TellAsync("/api/login", new { email, password = People.Password }).ShouldBeAsync(200);

    private async Task<HttpResponseMessage> ByCookieAsync(string cookie, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/token/refresh") { Content = JsonContent.Create(new { }) };
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _host.Anonymous.AskAsync(request);
    }
}
