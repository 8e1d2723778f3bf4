using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Roadworthy.Sessions.Keys;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Tests.Pages;
using Roadworthy.Sessions.Tests.Support;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Tests.Acceptance;

/// <summary>Copies, forgeries and dumps.</summary>
public sealed class TheftTests(SessionsServer server)
{
    private static readonly TimeSpan PastTheWindow = TimeSpan.FromSeconds(11);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A4_whoever_comes_second_past_the_window_ends_the_session_for_both(bool thiefFirst)
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var copied = await app.SignInAsync();
        var first = (await app.RefreshAsync(copied)).Tokens!;
        await UseAsync(app, first);
        await app.AgeAsync(copied.SessionId, PastTheWindow);
        // The one who rotated has called the API; the other presents the copy. Who of them is the thief, nobody can tell: both are out.
        Assert.Equal(RefreshVerdict.Reused, (await app.RefreshAsync(copied)).Verdict);
        Assert.Equal(RefreshVerdict.Revoked, (await app.RefreshAsync(thiefFirst ? first : copied)).Verdict);
        Assert.Equal("reused", await Sql.ScalarAsync<string>(app.ConnectionString, "SELECT revoked_why FROM roadworthy.sessions"));
    }

    [Fact]
    public async Task A4_a_thief_inside_the_window_has_no_branch_of_his_own_and_is_out_by_the_next_use_past_it()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var copied = await app.SignInAsync();
        var owner = (await app.RefreshAsync(copied)).Tokens!;
        var replayed = await app.RefreshAsync(copied);
        Assert.Equal((RefreshVerdict.Replayed, owner.RefreshToken), (replayed.Verdict, replayed.Tokens!.RefreshToken));

        await app.AgeAsync(copied.SessionId, PastTheWindow);
        var next = (await app.RefreshAsync(owner)).Tokens!;
        await UseAsync(app, next);
        await app.AgeAsync(copied.SessionId, PastTheWindow);
        Assert.Equal(RefreshVerdict.Reused, (await app.RefreshAsync(replayed.Tokens)).Verdict);
        Assert.Equal(RefreshVerdict.Revoked, (await app.RefreshAsync(next)).Verdict);
    }

    [Fact]
    public async Task A5_answers_that_arrive_in_reverse_order_leave_the_client_signed_in()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var first = await app.SignInAsync();
        var earlier = (await app.RefreshAsync(first)).Tokens!;
        var later = (await app.RefreshAsync(earlier)).Tokens!;
        Assert.Equal(earlier.RefreshToken, later.RefreshToken);
        // The earlier answer arrives last, and is what the client keeps.
        await app.AgeAsync(first.SessionId, PastTheWindow);
        Assert.Equal(RefreshVerdict.Rotated, (await app.RefreshAsync(earlier)).Verdict);
    }

    [Fact]
    public async Task A10_what_this_fleet_never_sealed_costs_no_statement_and_harms_nobody()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var tokens = (await app.RefreshAsync(await app.SignInAsync())).Tokens!;
        await using var counter = new NpgsqlConnection(app.ConnectionString + ";Pooling=false");
        await counter.OpenAsync(TestContext.Current.CancellationToken);
        await ScalarAsync(counter, "SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)::text");
        Assert.True(SealedToken.TryOpen(tokens.RefreshToken, app.Services.GetRequiredService<RootKeys>().RefreshKeys, out var good));
        var stranger = new RefreshKeys([RandomNumberGenerator.GetBytes(32)]);
        foreach (var text in (string?[])[null, "", "junk", new('A', 72), tokens.RefreshToken[1..], tokens.RefreshToken + "A", tokens.RefreshToken.ToUpperInvariant(), good.At(9).Seal(stranger)])
        {
            Assert.Equal(RefreshVerdict.Invalid, (await app.Sessions.RefreshAsync(text, SessionClient.Unknown, TestContext.Current.CancellationToken)).Verdict);
            Assert.False(await app.Sessions.SignOutAsync(text, TestContext.Current.CancellationToken));
        }

        Assert.Equal(0L, await ScalarAsync(counter, "SELECT count(*) FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'"));
        Assert.Equal(RefreshVerdict.Fresh, (await app.RefreshAsync(tokens)).Verdict);
    }

    [Fact]
    public async Task A10_a_right_seal_with_a_wrong_secret_is_an_alarm_and_leaves_the_session_as_it_is()
    {
        var events = new List<SessionEvent>();
        await using var app = await SessionsApp.CreateAsync(server, options => options.OnEvent = (happened, _) =>
        {
            lock (events) events.Add(happened);
            return ValueTask.CompletedTask;
        });
        var (mine, theirs) = (await app.SignInAsync(), await app.SignInAsync());
        var keys = app.Services.GetRequiredService<RootKeys>().RefreshKeys;
        Assert.True(SealedToken.TryOpen(mine.RefreshToken, keys, out var own));
        Assert.True(SealedToken.TryOpen(theirs.RefreshToken, keys, out var other));
        foreach (var forged in (SealedToken[])[own with { Secret = other.Secret }, own with { Secret = 0 }, own with { Session = other.Session }])
            Assert.Equal(RefreshVerdict.WrongSecret, (await app.Sessions.RefreshAsync(forged.Seal(keys), SessionClient.Unknown, TestContext.Current.CancellationToken)).Verdict);
        Assert.Equal(RefreshVerdict.Unknown, (await app.Sessions.RefreshAsync(SealedToken.Create(Guid.NewGuid()).Seal(keys), SessionClient.Unknown, TestContext.Current.CancellationToken)).Verdict);
        Assert.Equal(3, events.Count(happened => happened.Kind == SessionEventKind.WrongSecret));
        Assert.Equal(RefreshVerdict.Rotated, (await app.RefreshAsync(mine)).Verdict);
        Assert.Equal(RefreshVerdict.Rotated, (await app.RefreshAsync(theirs)).Verdict);
    }

    [Fact]
    public async Task A13_neither_the_table_with_the_refresh_key_nor_the_whole_database_without_the_root_key_makes_a_token()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var tokens = await app.SignInAsync();
        var keys = app.Services.GetRequiredService<RootKeys>().RefreshKeys;
        Assert.True(SealedToken.TryOpen(tokens.RefreshToken, keys, out var token));

        var browser = new Browser(app);
        await browser.SignInAsync(await app.NewUserAsync());
        var (name, text) = browser.Cookies.Single();
        var pageKeys = app.Services.GetRequiredService<RootKeys>().PageKeys;
        Assert.True(SealedToken.TryOpen(text, pageKeys, out var cookie));

        // All that the tables say, as text: no secret in it, in whatever form.
        var dump = await Sql.ScalarAsync<string>(
            app.ConnectionString,
            "SELECT (SELECT string_agg(s::text, ' ') FROM roadworthy.sessions s) || (SELECT string_agg(k::text, ' ') FROM roadworthy.signing_keys k)");
        Assert.DoesNotContain(Convert.ToHexStringLower(Convert.FromHexString($"{cookie.Secret:x32}")), dump, StringComparison.OrdinalIgnoreCase);
        var secret = Convert.ToHexStringLower(Convert.FromHexString($"{token.Secret:x32}"));
        Assert.DoesNotContain(secret, dump, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(tokens.RefreshToken, dump, StringComparison.Ordinal);

        // With the key but not the secret: what the table has of it is no way back.
        var hash = token.SecretHash();
        var guess = token with { Secret = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash) };
        Assert.Equal(RefreshVerdict.WrongSecret, (await app.Sessions.RefreshAsync(guess.Seal(keys), SessionClient.Unknown, TestContext.Current.CancellationToken)).Verdict);

        browser.Keep(name, (cookie with { Secret = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(cookie.SecretHash()) }).Seal(pageKeys));
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(SessionEventKind.WrongSecret, app.Services.GetRequiredService<SessionHistory>().Latest(1)[0].Event.Kind);

        // With the secret but another root key, neither tokens nor signing keys open.
        await using var thief = SessionsApp.On(app.ConnectionString, configure: options => options.RootKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Assert.Equal(RefreshVerdict.Invalid, (await thief.RefreshAsync(tokens)).Verdict);
        var theirs = new Browser(thief);
        theirs.Keep(name, text);
        Assert.False(await theirs.IsSignedInAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => thief.Sessions.ReadyAsync(TestContext.Current.CancellationToken));
    }

    // As the first request with the access token does, a second later.
    private static Task UseAsync(SessionsApp app, SessionTokens tokens)
    {
        var access = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(tokens.AccessToken);
        return app.Services.GetRequiredService<SessionStore>().ConfirmAsync(
            [KeyValuePair.Create(tokens.SessionId, access.GetPayloadValue<long>("gen"))], TestContext.Current.CancellationToken);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
