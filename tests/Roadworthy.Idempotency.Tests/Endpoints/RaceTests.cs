using Roadworthy.Idempotency.Tests.Support;
using Roadworthy.Testing;

namespace Roadworthy.Idempotency.Tests.Endpoints;

/// <summary>At once, and with connections that break.</summary>
public sealed class RaceTests(KeysServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_hundred_requests_at_once_on_two_instances_one_is_carried_out(bool throughContext)
    {
        await using var one = await PaymentsApp.StartAsync(server, throughContext);
        await using var other = await PaymentsApp.OnAsync(one.ConnectionString, throughContext);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => (n % 2 == 0 ? one : other).PostAsync("/payments", "one")));

        var made = answers.Where(answer => (int)answer.StatusCode == 201).ToList();
        var wholes = await Task.WhenAll(made.Select(answer => answer.WholeAsync()));
        Assert.Single(wholes.Distinct(StringComparer.Ordinal));
        foreach (var waiting in answers.Except(made))
        {
            await Task.FromResult(waiting).ShouldBeAsync(409, "idempotency-in-flight");
            Assert.Equal(TimeSpan.FromSeconds(1), waiting.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(wholes[0], await (await other.PostAsync("/payments", "one")).WholeAsync());
        Assert.Equal((1, 1, 1), (await one.PaymentsAsync(), await one.KeysAsync(), await one.RunsAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_first_is_being_worked_on_a_second_is_told_at_once_and_then_gets_its_answer(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        var first = app.PostAsync("/slow", "one");
        await app.Gate.ReachedAsync();
        await app.PostAsync("/slow", "one").ShouldBeAsync(409, "idempotency-in-flight");
        app.Gate.Open();
        var answered = await (await first).WholeAsync();
        Assert.Equal(answered, await (await app.PostAsync("/slow", "one")).WholeAsync());
        Assert.Equal(1, await app.PaymentsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_leaves_in_the_middle_leaves_the_key_free(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        using var leaving = new CancellationTokenSource();
        var first = app.PostAsync("/slow", "one", leaving: leaving.Token);
        await app.Gate.ReachedAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await app.Gate.GivenUpAsync();

        app.Gate.Open();
        var again = await app.PostAsync("/slow", "one");
        for (var tries = 0; (int)again.StatusCode == 409 && tries < 1_000; tries++) again = await app.PostAsync("/slow", "one");
        await Task.FromResult(again).ShouldBeAsync(200);
        Assert.Equal((1, 2), (await app.PaymentsAsync(), await app.RunsAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_whose_answer_was_lost_is_looked_up_and_not_repeated(bool throughContext)
    {
        await using var proxy = PostgresProxy.Before(server.Server.GetConnectionString("postgres"));
        await using var app = await PaymentsApp.StartAsync(server, throughContext, proxy: proxy);
        using var counts = app.Count();
        _ = proxy.LoseAnswerTo(PostgresProxy.Commit);
        var first = await (await app.PostAsync("/payments", "one")).WholeAsync();
        Assert.StartsWith("201", first, StringComparison.Ordinal);
        Assert.Equal("recovered=1", counts.Shown);
        Assert.Equal(first, await (await app.PostAsync("/payments", "one")).WholeAsync());
        Assert.Equal((1, 1), (await app.PaymentsAsync(), await app.RunsAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_cut_before_the_commit_is_not_noticed(bool throughContext)
    {
        await using var proxy = PostgresProxy.Before(server.Server.GetConnectionString("postgres"));
        await using var app = await PaymentsApp.StartAsync(server, throughContext, proxy: proxy);
        _ = proxy.LoseAnswerTo("nextval('runs')");
        await app.PostAsync("/payments", "one").ShouldBeAsync(201);
        Assert.Equal((1, 1, 2), (await app.PaymentsAsync(), await app.KeysAsync(), await app.RunsAsync()));
    }

    [Theory]
    [InlineData(false, 201, 3)]
    [InlineData(true, 201, 3)]
    public async Task A_collision_is_repeated_from_clean(bool throughContext, int status, int runs)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await using var collisions = await CollideAsync(app, times: 2);
        var answer = await app.PostAsync("/payments", "one");
        await Task.FromResult(answer).ShouldBeAsync(status);
        Assert.Equal(["a", "b"], answer.Headers.GetValues("X-Made"));
        Assert.Equal((1, 1, runs), (await app.PaymentsAsync(), await app.KeysAsync(), await collisions.AttemptsAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_always_collides_gives_up_and_leaves_nothing(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await using var collisions = await CollideAsync(app, times: 1_000);
        await app.PostAsync("/payments", "one").ShouldBeAsync(500);
        Assert.Equal((0, 0), (await app.PaymentsAsync(), await app.KeysAsync()));
        Assert.InRange(await collisions.AttemptsAsync(TestContext.Current.CancellationToken), 2, 5);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_repeated()
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext: false);
        await using var collisions = await CollideAsync(app, times: 1);
        await app.PostAsync("/optional", key: null).ShouldBeAsync(500);
        Assert.Equal(0, await app.PaymentsAsync());
        await app.PostAsync("/optional", key: null).ShouldBeAsync(201);
    }

    private static Task<Collisions> CollideAsync(PaymentsApp app, int times) =>
        Collisions.ProvokeAsync(app.ConnectionString, "payments", times, cancellationToken: TestContext.Current.CancellationToken);
}
