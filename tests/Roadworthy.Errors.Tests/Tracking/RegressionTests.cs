using Roadworthy.Errors.Tests.Support;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Errors.Tests.Tracking;

public sealed class RegressionTests(PostgresFixture server)
{
    [Fact]
    public async Task A_resolved_group_that_is_seen_again_is_open_and_told_of_once_and_an_ignored_one_goes_on_counting()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        var told = new List<ErrorRegression>();
        await using var host = database.Start(options => options.OnRegression = (regression, _) =>
        {
            told.Add(regression);
            throw new InvalidOperationException("the callback fails");
        });
        host.Log.LogError("It failed");
        await database.HasAsync(1);
        var id = (await host.Tracker.ListAsync(new())).Groups.Single().Id;
        Assert.True(await host.Tracker.ResolveAsync(id, by: "ann"));
        var resolved = (await host.Tracker.FindAsync(id))!.Group;
        Assert.Equal((ErrorGroupStatus.Resolved, "ann"), (resolved.Status, resolved.DecidedBy));
        Assert.NotNull(resolved.ResolvedAt);

        host.Log.LogError("It failed");
        host.Log.LogError("It failed");
        await database.HasAsync(3);
        var back = (await host.Tracker.FindAsync(id))!.Group;
        Assert.Equal(ErrorGroupStatus.Open, back.Status);
        Assert.True(back.RegressedAt > resolved.ResolvedAt);
        await Eventually.TrueAsync("the callback's fault is told", () => host.Events("CallbackFailed").Count() == 1);
        Assert.Equal(1, host.Counts.Of("roadworthy.errors.regressions"));
        Assert.Equal(id, Assert.Single(told).GroupId);
        Assert.Single(host.Events("Regressed"));

        Assert.True(await host.Tracker.IgnoreAsync(id, "ben"));
        host.Log.LogError("It failed");
        await database.HasAsync(4);
        Assert.Equal((ErrorGroupStatus.Ignored, 4), ((await host.Tracker.FindAsync(id))!.Group.Status, (await host.Tracker.FindAsync(id))!.Group.Count));
        var ignored = (await host.Tracker.FindAsync(id))!.Group;
        Assert.Equal("ben", ignored.DecidedBy);
        Assert.True(ignored.DecidedAt > resolved.DecidedAt);
        Assert.True(await host.Tracker.ReopenAsync(id));
        var reopened = (await host.Tracker.FindAsync(id))!.Group;
        Assert.Equal((ErrorGroupStatus.Open, null), (reopened.Status, reopened.DecidedBy));
        Assert.False(await host.Tracker.ResolveAsync(Guid.NewGuid()) || await host.Tracker.IgnoreAsync(Guid.NewGuid()) || await host.Tracker.ReopenAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task What_was_seen_before_it_was_resolved_and_came_late_is_no_regression()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start();
        host.Log.LogError("It failed");
        await database.HasAsync(1);
        await database.ExecuteAsync("ALTER TABLE roadworthy.error_events RENAME TO hidden");
        host.Log.LogError("It failed");
        await Eventually.TrueAsync("it was tried", () => host.Counts.Of("roadworthy.errors.drain_failures") > 0);
        await database.ExecuteAsync("UPDATE roadworthy.error_groups SET status = 'resolved', resolved_at = now()");
        await database.ExecuteAsync("ALTER TABLE roadworthy.hidden RENAME TO error_events");
        await database.HasAsync(2);
        Assert.Equal(ErrorGroupStatus.Resolved, (await host.Tracker.ListAsync(new())).Groups.Single().Status);
    }

    [Fact]
    public async Task What_is_resolved_in_the_next_release_is_a_regression_in_another_one_only()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        Guid id;
        await using (var old = database.Start())
        {
            old.Log.LogError("It failed");
            await database.HasAsync(1);
            id = (await old.Tracker.ListAsync(new())).Groups.Single().Id;
            await old.Tracker.ResolveAsync(id, inNextRelease: true);
            old.Log.LogError("It failed");
            await database.HasAsync(2);
            Assert.Equal(ErrorGroupStatus.Resolved, (await old.Tracker.FindAsync(id))!.Group.Status);
        }

        await using var next = database.Start(options => options.Release = "1.1");
        next.Log.LogError("It failed");
        await database.HasAsync(3);
        var group = (await next.Tracker.FindAsync(id))!.Group;
        Assert.Equal((ErrorGroupStatus.Open, "1.0", "1.1"), (group.Status, group.FirstRelease, group.LastRelease));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_clock_that_is_hours_off_is_set_right_by_the_databases(int hours)
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start(time: new OffClock(TimeSpan.FromHours(hours)));
        host.Log.LogError("It failed");
        await database.HasAsync(1);
        var group = (await host.Tracker.ListAsync(new())).Groups.Single();
        Assert.InRange(group.LastSeen, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        await host.Tracker.ResolveAsync(group.Id);
        host.Log.LogError("It failed");
        await database.HasAsync(2);
        Assert.Equal(ErrorGroupStatus.Open, (await host.Tracker.FindAsync(group.Id))!.Group.Status);
    }

    [Fact]
    public async Task What_is_older_than_it_is_kept_is_purged_and_the_first_of_a_living_group_is_not()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start();
        for (var n = 0; n < 3; n++)
        {
            host.Log.LogError(new EventId(1), "Living");
            host.Log.LogError(new EventId(2), "Dead");
        }

        await database.HasAsync(6);
        await database.ExecuteAsync(
            """
            UPDATE roadworthy.error_events SET at = at - interval '31 days';
            UPDATE roadworthy.error_hours SET hour = hour - interval '31 days';
            UPDATE roadworthy.error_groups SET last_seen = last_seen - interval '91 days' WHERE message = 'Dead';
            """);
        host.Log.LogError(new EventId(1), "Living");
        await database.HasAsync(7);
        Assert.Equal(4 + 1 + 2, await host.PurgeAsync());
        Assert.Equal((4, 2), (await database.CountAsync(), await database.ScalarAsync<int>("SELECT events FROM roadworthy.error_groups")));
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM roadworthy.error_events"));
        Assert.NotNull((await host.Tracker.FindAsync((await host.Tracker.ListAsync(new())).Groups.Single().Id))!.First!.Record);
        Assert.Equal(0, await host.PurgeAsync());
    }

    private sealed class OffClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
