using System.Net;
using Microsoft.Extensions.Time.Testing;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Acceptance;

/// <summary>The cases that sessions answer for, on one or two instances in this process.</summary>
public sealed class RefreshAcceptanceTests(SessionsServer server)
{
    private static readonly TimeSpan PastTheWindow = TimeSpan.FromSeconds(11);

    [Fact]
    public async Task A1_fifty_refreshes_at_once_in_twenty_rounds_have_one_successor_each_and_sign_nobody_out()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var tokens = await app.SignInAsync();
        for (var round = 0; round < 20; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => app.RefreshAsync(tokens))));
            Assert.All(results, result => Assert.True(result.Verdict.IsGranted(), $"{result.Verdict}"));
            var next = Assert.Single(results.Select(result => result.Tokens!.RefreshToken).Distinct(StringComparer.Ordinal));
            Assert.NotEqual(tokens.RefreshToken, next);
            tokens = results[0].Tokens!;
            await app.AgeAsync(tokens.SessionId, PastTheWindow);
        }
    }

    [Fact]
    public async Task A2_a_lost_answer_is_given_again_at_once_and_after_ten_minutes_and_not_after_the_horizon()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var first = await app.SignInAsync();
        var lost = (await app.RefreshAsync(first)).Tokens!;
        Assert.Equal((RefreshVerdict.Replayed, lost.RefreshToken), Token(await app.RefreshAsync(first)));
        await app.AgeAsync(first.SessionId, TimeSpan.FromMinutes(10));
        Assert.Equal((RefreshVerdict.Healed, lost.RefreshToken), Token(await app.RefreshAsync(first)));
        await app.AgeAsync(first.SessionId, TimeSpan.FromHours(24));
        Assert.Equal(RefreshVerdict.Reused, (await app.RefreshAsync(first)).Verdict);
    }

    [Fact]
    public async Task A2_five_tabs_that_come_back_at_once_after_a_lost_answer_count_as_one_heal()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var first = await app.SignInAsync();
        await app.RefreshAsync(first);
        await app.AgeAsync(first.SessionId, TimeSpan.FromMinutes(10));
        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.RefreshAsync(first)));
        Assert.Single(results, result => result.Verdict == RefreshVerdict.Healed);
        Assert.Equal(4, results.Count(result => result.Verdict == RefreshVerdict.Replayed));
        Assert.Equal(1, await Sql.ScalarAsync<int>(app.ConnectionString, "SELECT heals FROM roadworthy.sessions"));
    }

    [Fact]
    public async Task A7_a_database_that_went_back_three_generations_signs_none_of_twenty_five_clients_out_and_heals_afterwards()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var tokens = await app.SignInAsync();
        for (var n = 0; n < 3; n++)
        {
            tokens = (await app.RefreshAsync(tokens)).Tokens!;
            await app.AgeAsync(tokens.SessionId, PastTheWindow);
        }

        await Sql.ExecuteAsync(app.ConnectionString, "UPDATE roadworthy.sessions SET generation = 1, confirmed = 1, rotated_at = '-infinity'");
        var results = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => app.RefreshAsync(tokens)));
        Assert.All(results, result => Assert.True(result.Verdict.IsGranted(), $"{result.Verdict}"));
        var next = Assert.Single(results.Select(result => result.Tokens!.RefreshToken).Distinct(StringComparer.Ordinal));
        Assert.Single(results, result => result.Verdict == RefreshVerdict.RolledForward);

        await app.AgeAsync(tokens.SessionId, TimeSpan.FromMinutes(10));
        Assert.Equal((RefreshVerdict.Healed, next), Token(await app.RefreshAsync(tokens)));
    }

    [Fact]
    public async Task A9_a_thief_who_heals_behind_a_victim_that_never_calls_the_API_is_found_at_the_fourth_heal()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var victim = await app.SignInAsync();
        var thief = victim;
        victim = (await app.RefreshAsync(victim)).Tokens!;
        for (var heal = 1; heal <= 3; heal++)
        {
            await app.AgeAsync(victim.SessionId, PastTheWindow);
            var healed = await app.RefreshAsync(thief);
            Assert.Equal(RefreshVerdict.Healed, healed.Verdict);
            thief = healed.Tokens!;
            await app.AgeAsync(victim.SessionId, PastTheWindow);
            var rotated = await app.RefreshAsync(victim);
            Assert.Equal(RefreshVerdict.Rotated, rotated.Verdict);
            victim = rotated.Tokens!;
        }

        await app.AgeAsync(victim.SessionId, PastTheWindow);
        Assert.Equal(RefreshVerdict.Reused, (await app.RefreshAsync(thief)).Verdict);
        Assert.Equal(RefreshVerdict.Revoked, (await app.RefreshAsync(victim)).Verdict);
    }

    [Fact]
    public async Task A9_an_honest_client_that_loses_ten_answers_over_a_life_and_calls_the_API_in_between_is_never_logged_out()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var tokens = await app.SignInAsync();
        for (var loss = 0; loss < 10; loss++)
        {
            await app.UseAsync(tokens.SessionId);
            await app.AgeAsync(tokens.SessionId, TimeSpan.FromHours(1));
            var rotated = await app.RefreshAsync(tokens);
            Assert.Equal(RefreshVerdict.Rotated, rotated.Verdict);
            // That answer was lost, and the client comes back with what it has.
            await app.AgeAsync(tokens.SessionId, TimeSpan.FromMinutes(10));
            Assert.Equal((RefreshVerdict.Healed, rotated.Tokens!.RefreshToken), Token(await app.RefreshAsync(tokens)));
            await app.UseAsync(tokens.SessionId);
            await app.AgeAsync(tokens.SessionId, TimeSpan.FromHours(1));
            var next = await app.RefreshAsync(rotated.Tokens);
            Assert.Equal(RefreshVerdict.Rotated, next.Verdict);
            tokens = next.Tokens!;
        }
    }

    [Fact]
    public async Task A12_a_session_that_is_not_used_ends_with_its_idle_time_and_neither_replay_nor_heal_extends_it()
    {
        await using var app = await SessionsApp.CreateAsync(server, options => (options.IdleLifetime, options.AbsoluteLifetime) = (TimeSpan.FromDays(2), TimeSpan.FromDays(30)));
        var first = await app.SignInAsync();
        Assert.Equal(TimeSpan.FromDays(2), await LeftAsync("idle_until - created_at"));
        await app.PassAsync(first.SessionId, TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        var second = (await app.RefreshAsync(first)).Tokens!;
        Assert.Equal(TimeSpan.FromDays(2), await LeftAsync("idle_until - rotated_at"));

        var before = await LeftAsync("idle_until - rotated_at");
        Assert.Equal(RefreshVerdict.Replayed, (await app.RefreshAsync(first)).Verdict);
        Assert.Equal(RefreshVerdict.Fresh, (await app.RefreshAsync(second)).Verdict);
        await app.PassAsync(first.SessionId, TimeSpan.FromHours(1));
        Assert.Equal(RefreshVerdict.Healed, (await app.RefreshAsync(first)).Verdict);
        Assert.Equal(before, await LeftAsync("idle_until - rotated_at"));

        await app.PassAsync(first.SessionId, TimeSpan.FromDays(2) - TimeSpan.FromHours(1));
        Assert.Equal(RefreshVerdict.Expired, (await app.RefreshAsync(second)).Verdict);
        Assert.Equal(RefreshVerdict.Expired, (await app.RefreshAsync(first)).Verdict);

        Task<TimeSpan> LeftAsync(string what) => Sql.ScalarAsync<TimeSpan>(app.ConnectionString, $"SELECT {what} FROM roadworthy.sessions");
    }

    [Fact]
    public async Task A12_a_session_that_is_used_every_day_ends_with_its_absolute_time()
    {
        await using var app = await SessionsApp.CreateAsync(server, options => (options.IdleLifetime, options.AbsoluteLifetime) = (TimeSpan.FromDays(2), TimeSpan.FromDays(30)));
        var tokens = await app.SignInAsync();
        for (var day = 1; day < 30; day++)
        {
            await app.PassAsync(tokens.SessionId, TimeSpan.FromDays(1));
            var result = await app.RefreshAsync(tokens);
            Assert.Equal(RefreshVerdict.Rotated, result.Verdict);
            tokens = result.Tokens!;
        }

        Assert.InRange(tokens.EndsAt - DateTimeOffset.UtcNow, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        await app.PassAsync(tokens.SessionId, TimeSpan.FromDays(1));
        Assert.Equal(RefreshVerdict.Expired, (await app.RefreshAsync(tokens)).Verdict);
    }

    [Fact]
    public async Task A_session_in_a_loop_is_slowed_down_and_another_is_not()
    {
        await using var app = await SessionsApp.CreateAsync(server, options => options.RefreshesPerMinute = 10);
        var (looping, other) = (await app.SignInAsync(), await app.SignInAsync());
        for (var n = 0; n < 10; n++) Assert.True((await app.RefreshAsync(looping)).Verdict.IsGranted());
        Assert.Equal(RefreshVerdict.TooMany, (await app.RefreshAsync(looping)).Verdict);
        Assert.Equal(RefreshVerdict.Rotated, (await app.RefreshAsync(other)).Verdict);
        Assert.Equal(0, await Sql.ScalarAsync<long>(app.ConnectionString, "SELECT count(*) FROM roadworthy.sessions WHERE revoked_at IS NOT NULL"));
    }

    [Fact]
    public async Task A11_instances_whose_clocks_are_an_hour_off_come_to_the_same_verdicts_and_tokens_of_the_same_time()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        await using var ahead = SessionsApp.On(app.ConnectionString, time: new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1)));
        await using var behind = SessionsApp.On(app.ConnectionString, time: new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1)));
        foreach (var instance in (SessionsApp[])[ahead, behind, app])
        {
            var first = await instance.SignInAsync();
            var second = await instance.RefreshAsync(first);
            Assert.Equal(RefreshVerdict.Rotated, second.Verdict);
            Assert.Equal(RefreshVerdict.Replayed, (await behind.RefreshAsync(first)).Verdict);
            Assert.Equal(RefreshVerdict.Fresh, (await ahead.RefreshAsync(second.Tokens!)).Verdict);
            var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(second.Tokens!.AccessToken);
            Assert.InRange(token.IssuedAt, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
        }
    }

    [Fact]
    public async Task Strict_mode_refuses_a_replay_from_elsewhere_and_leaves_the_session_on()
    {
        var events = new List<SessionEvent>();
        await using var app = await SessionsApp.CreateAsync(server, options => (options.Strict, options.OnEvent) = (true, (happened, _) =>
        {
            events.Add(happened);
            return ValueTask.CompletedTask;
        }
        ));
        var (home, away) = (new SessionClient(IPAddress.Parse("192.0.2.1"), "browser"), new SessionClient(IPAddress.Parse("198.51.100.1"), "browser"));
        var first = await app.SignInAsync();
        var second = (await app.RefreshAsync(first, home)).Tokens!;
        Assert.Equal(RefreshVerdict.Mismatched, (await app.RefreshAsync(first, away)).Verdict);
        Assert.True(events[^1] is { Kind: SessionEventKind.Replayed, ClientChanged: true });
        Assert.Equal((RefreshVerdict.Replayed, second.RefreshToken), Token(await app.RefreshAsync(first, home)));
    }

    [Fact]
    public async Task A_log_in_that_checked_the_old_password_while_it_was_changed_is_worth_nothing()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var user = await app.NewUserAsync(stamp: "old");
        var early = await app.Sessions.SignInAsync(new(user) { Stamp = "old" });
        await Sql.ExecuteAsync(app.ConnectionString, "UPDATE people SET stamp = 'new' WHERE id = $1", Guid.Parse(user));
        Assert.Null(await app.Sessions.SignInAsync(new(user) { Stamp = "old" }));
        Assert.Equal(RefreshVerdict.Stale, (await app.RefreshAsync(early!)).Verdict);
        Assert.Empty(await app.Sessions.ListAsync(user));
    }

    private static (RefreshVerdict Verdict, string? Token) Token(RefreshResult result) => (result.Verdict, result.Tokens?.RefreshToken);
}
