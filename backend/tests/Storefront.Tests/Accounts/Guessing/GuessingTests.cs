using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Accounts.Guessing;
using Storefront.Accounts.Passwords;
using Storefront.Data;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Guessing;

public sealed class GuessingTests(PostgresFixture postgres) : IAsyncLifetime
{
    private StorefrontHost _host = null!;
    private Person _person = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await StorefrontHost.StartAsync(postgres, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:TrustedProxies:0"] = "127.0.0.1" });
        _person = await _host.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Five_guesses_are_judged_and_the_next_has_to_wait_a_second()
    {
        await GuessAsync(5);
        Assert.Equal(5, await Sql.ScalarAsync<int>(_host.ConnectionString, "SELECT failures FROM log_in_attempts"));
        Assert.Equal(1d, await WaitAsync());
        await StillBlockedAsync(30);
        var answer = await LogInAsync("wrong");
        await Task.FromResult(answer).ShouldBeProblemAsync(429, "too-many-attempts");
        Assert.InRange(RetryAfter(answer), 20, 30);
        Assert.Equal(5, await Sql.ScalarAsync<int>(_host.ConnectionString, "SELECT failures FROM log_in_attempts"));
    }

    [Fact]
    public async Task Each_further_guess_doubles_the_wait_up_to_a_quarter_of_an_hour()
    {
        await GuessAsync(5);
        foreach (var seconds in (double[])[2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
        {
            await PassTimeAsync(seconds + 1);
            await GuessAsync(1);
            Assert.Equal(seconds, await WaitAsync());
            if (seconds < 32) continue;
            var refused = await LogInAsync("wrong");
            await Task.FromResult(refused).ShouldBeProblemAsync(429);
            Assert.InRange(RetryAfter(refused), (int)seconds - 15, (int)seconds);
        }
    }

    [Fact]
    public async Task While_one_has_to_wait_the_right_password_is_refused_too_and_afterwards_it_forgets_the_failures()
    {
        await GuessAsync(5);
        await StillBlockedAsync(30);
        await LogInAsync(People.Password).ShouldBeProblemAsync(429, "too-many-attempts");
        await PassTimeAsync(31);
        await LogInAsync(People.Password).ShouldBeAsync(200);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM log_in_attempts"));
        await GuessAsync(4);
        await LogInAsync(People.Password).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Failures_of_another_day_count_no_more_and_are_purged()
    {
        await GuessAsync(5);
        await PassTimeAsync(25 * 3600);
        await GuessAsync(4);
        Assert.Equal(4, await Sql.ScalarAsync<int>(_host.ConnectionString, "SELECT failures FROM log_in_attempts"));

        var housekeeping = ActivatorUtilities.CreateInstance<Housekeeping>(_host.Services);
        Assert.Equal(0, await housekeeping.PurgeAsync(TestContext.Current.CancellationToken));
        await PassTimeAsync(25 * 3600);
        Assert.Equal(1, await housekeeping.PurgeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_address_is_slowed_down_as_a_known_one()
    {
        for (var n = 0; n < 5; n++) await LogInAsync("wrong", "nobody@example.com").ShouldBeProblemAsync(401, "wrong-credentials");
        await StillBlockedAsync(30);
        await LogInAsync("wrong", "nobody@example.com").ShouldBeProblemAsync(429, "too-many-attempts");
    }

    [Fact]
    public async Task Another_account_and_another_network_are_not_affected()
    {
        await GuessAsync(5);
        await StillBlockedAsync(30);
        var other = await _host.SignUpAsync();
        await LogInAsync(People.Password, other.Email).ShouldBeAsync(200);
        await LogInAsync(People.Password, from: "192.0.2.7").ShouldBeAsync(200);
        await LogInAsync(People.Password).ShouldBeProblemAsync(429);
    }

    [Fact]
    public async Task An_IPv6_64_is_one_network_however_many_addresses_it_has()
    {
        for (var n = 1; n <= 5; n++) await LogInAsync("wrong", from: $"2001:db8:1:2::{n}").ShouldBeProblemAsync(401);
        await StillBlockedAsync(30);
        await LogInAsync(People.Password, from: "2001:db8:1:2:ffff::9").ShouldBeProblemAsync(429);
        await LogInAsync(People.Password, from: "2001:db8:1:3::1").ShouldBeAsync(200);
    }

    [Fact]
    public async Task Another_spelling_of_the_address_is_the_same_account()
    {
        for (var n = 0; n < 5; n++) await LogInAsync("wrong", n % 2 == 0 ? _person.Email.ToUpperInvariant() : $" {_person.Email} ").ShouldBeProblemAsync(401);
        await StillBlockedAsync(30);
        await LogInAsync(People.Password).ShouldBeProblemAsync(429);
    }

    [Fact]
    public async Task Of_forty_guesses_at_once_no_more_are_judged_than_one_after_the_other()
    {
        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => LogInAsync("wrong")));
        var judged = answers.Count(answer => (int)answer.StatusCode == 401);
        Assert.Equal(40, judged + answers.Count(answer => (int)answer.StatusCode == 429));
        Assert.Equal(judged, await Sql.ScalarAsync<int>(_host.ConnectionString, "SELECT failures FROM log_in_attempts"));
        // Five, and one more for each of the waits of 1, 2, 4 ... seconds that fit into the time that it took.
        Assert.InRange(judged, 5, 5 + (int)Math.Log2(clock.Elapsed.TotalSeconds + 1));
    }

    [Fact]
    public async Task Of_forty_guesses_at_once_after_a_long_wait_one_is_judged()
    {
        await GuessAsync(5);
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE log_in_attempts SET failures = 11");
        await PassTimeAsync(60);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => LogInAsync("wrong")));
        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 401));
        Assert.Equal(39, answers.Count(answer => (int)answer.StatusCode == 429));
    }

    [Fact]
    public async Task Where_too_many_wait_for_a_password_to_be_hashed_one_is_told_to_come_back()
    {
        var gate = _host.Services.GetRequiredService<PasswordGate>();
        var turns = new List<Task<IDisposable?>>();
        while (true)
        {
            var turn = gate.EnterAsync(TestContext.Current.CancellationToken).AsTask();
            if (turn.IsCompleted && await turn is null) break;
            turns.Add(turn);
        }

        Assert.Equal(Environment.ProcessorCount + Math.Max(64, Environment.ProcessorCount * 40), turns.Count);

        var answer = await LogInAsync(People.Password);
        await Task.FromResult(answer).ShouldBeProblemAsync(429, "too-busy");
        Assert.Equal(1, RetryAfter(answer));
        var signUp = new { email = People.NewEmail(), password = People.Password, name = "A", age = 42 };
        await _host.Anonymous.PostValueAsync("/api/signup", signUp).ShouldBeProblemAsync(429, "too-busy");

        foreach (var turn in turns) (await turn)?.Dispose();
        await LogInAsync(People.Password).ShouldBeAsync(200);
        await _host.Anonymous.PostValueAsync("/api/signup", signUp).ShouldBeAsync(201);
    }

    [Fact]
    public async Task As_many_at_once_as_are_free_do_not_block_each_other()
    {
        // Whoever began earlier may be counted later: by its own beginning, the other's lies in the future.
        var key = new byte[32];
        for (var round = 0; round < 300; round++)
        {
            var waits = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ThrottleAsync(throttle => throttle.BeginAsync(key, CancellationToken.None)))));
            Assert.All(waits, wait => Assert.Null(wait));
            await ThrottleAsync(async throttle =>
            {
                await throttle.SucceedAsync(key, CancellationToken.None);
                return 0;
            });
        }
    }

    private async Task<T> ThrottleAsync<T>(Func<LogInThrottle, Task<T>> ask)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<LogInThrottle>());
    }

    private async Task GuessAsync(int times)
    {
        for (var n = 0; n < times; n++) await LogInAsync("wrong").ShouldBeProblemAsync(401, "wrong-credentials");
    }

    private Task<HttpResponseMessage> LogInAsync(string password, string? email = null, string? from = null)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { email = email ?? _person.Email, password });
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = Requests.Json(body) };
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return _host.Anonymous.AskAsync(request);
    }

    private static int RetryAfter(HttpResponseMessage answer) => int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);

    private Task<double> WaitAsync() =>
        Sql.ScalarAsync<double>(_host.ConnectionString, "SELECT extract(epoch FROM blocked_until - last_at)::float8 FROM log_in_attempts");

    // A slow machine must not see the wait end by itself.
    private Task StillBlockedAsync(int seconds) =>
        Sql.ExecuteAsync(_host.ConnectionString, "UPDATE log_in_attempts SET blocked_until = now() + $1 * interval '1 second'", seconds);

    private Task PassTimeAsync(double seconds) => Sql.ExecuteAsync(
        _host.ConnectionString,
        "UPDATE log_in_attempts SET last_at = last_at - $1 * interval '1 second', blocked_until = blocked_until - $1 * interval '1 second'", seconds);
}
