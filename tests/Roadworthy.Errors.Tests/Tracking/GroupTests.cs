using Roadworthy.Errors.Tests.Support;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Errors.Tests.Tracking;

public sealed class GroupTests(PostgresFixture server)
{
    [Fact]
    public async Task An_error_is_in_its_group_with_its_record_soon_after_it_was_logged()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start();
        host.Log.LogError(Thrown("Password=hunter2 is wrong"), "It failed for {Basket}", 17);
        await database.HasAsync(1);

        var group = Assert.Single((await host.Tracker.ListAsync(new())).Groups);
        Assert.Equal("System.InvalidOperationException", group.Type);
        Assert.Equal("Password=*** is wrong", group.Message);
        Assert.Matches(@"^GroupTests\.cs:\d+ in Roadworthy\.Errors\.Tests\.Tracking\.GroupTests\.Throw$", group.Culprit);
        Assert.Equal((1, "1.0", "1.0", ErrorGroupStatus.Open), (group.Count, group.FirstRelease, group.LastRelease, group.Status));
        Assert.Equal([.. Enumerable.Repeat(0L, 23), 1], group.Hours);

        var detail = await host.Tracker.FindAsync(group.Id);
        Assert.Equal(detail!.First, Assert.Single(detail.Latest));
        var line = Assert.Single(host.Output.Lines, line => line.Contains("It failed", StringComparison.Ordinal));
        Assert.Equal(line, detail.First!.Record);
        Assert.Null(await host.Tracker.FindAsync(Guid.NewGuid()));
        var status = host.Tracker.Status;
        Assert.True(status is { On: true, Dropped: 0, DatabaseReachable: true, LastDrainedAt: not null }, $"{status}");
        await Eventually.TrueAsync("nothing waits", () => host.Tracker.Status.WaitingBytes == 0);
        Assert.Equal((1, 1), (host.Counts.Of("roadworthy.errors.tracked"), host.Counts.Of("roadworthy.errors.drained")));
    }

    [Fact]
    public async Task Records_below_Error_are_in_no_group_and_those_without_exception_are_grouped_by_their_event()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start();
        host.Log.LogWarning(Thrown("a warning"), "Nothing much");
        for (var basket = 0; basket < 3; basket++)
        {
            host.Log.LogError("Basket {Basket} is lost", basket);
            host.Log.LogCritical(new EventId(7), "Number {Basket}", basket);
        }

        await database.HasAsync(6);
        var groups = (await host.Tracker.ListAsync(new())).Groups;
        Assert.Equal([3, 3], groups.Select(group => group.Count));
        Assert.All(groups, group => Assert.Equal(("Shop.Orders", ""), (group.Type, group.Culprit)));
        Assert.Equal(["Basket 2 is lost", "Number 2"], groups.Select(group => group.Message).Order());
    }

    [Fact]
    public async Task Groups_are_listed_by_pages_the_latest_first_and_found_by_text_and_by_status()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start();
        for (var n = 0; n < 7; n++)
        {
            host.Log.LogError(new EventId(100 + n), "Event {Number} of 100 %_\\ in Ö", n);
        }

        await database.HasAsync(7);
        var listed = new List<string>();
        for (var after = default(string); ;)
        {
            var page = await host.Tracker.ListAsync(new() { Limit = 3, After = after });
            listed.AddRange(page.Groups.Select(group => group.Message));
            if ((after = page.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(n => $"Event {n} of 100 %_\\ in Ö"), listed);
        var found = Assert.Single((await host.Tracker.ListAsync(new() { Text = "EVENT 4 OF 100 %_\\" })).Groups);
        Assert.True(await host.Tracker.IgnoreAsync(found.Id));
        Assert.Equal([found.Id], (await host.Tracker.ListAsync(new() { Status = ErrorGroupStatus.Ignored })).Groups.Select(group => group.Id));
        Assert.Equal(6, (await host.Tracker.ListAsync(new() { Status = ErrorGroupStatus.Open })).Groups.Count);
        Assert.Empty((await host.Tracker.ListAsync(new() { Text = "no such" })).Groups);
        await Assert.ThrowsAsync<FormatException>(() => host.Tracker.ListAsync(new() { After = "nonsense" }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.Tracker.ListAsync(new() { Limit = 101 }));
    }

    [Fact]
    public async Task The_first_and_the_latest_twenty_keep_their_records_and_the_oldest_rows_go()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start(options => options.MaxEventsPerGroup = 100);
        for (var n = 1; n <= 300; n++)
        {
            host.Log.LogError("Number {N}", n);
            if (n % 90 == 0)
            {
                await database.HasAsync(n);
            }
        }

        await database.HasAsync(300);
        var group = Assert.Single((await host.Tracker.ListAsync(new())).Groups);
        var detail = (await host.Tracker.FindAsync(group.Id))!;
        Assert.Contains("Number 1\"", detail.First!.Record, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(281, 20).Reverse().Select(n => $"Number {n}"), detail.Latest.Select(e => System.Text.Json.JsonElement.Parse(e.Record!).At("message")));
        Assert.Equal(21, await database.ScalarAsync<long>("SELECT count(*) FROM roadworthy.error_events WHERE record IS NOT NULL"));
        Assert.InRange(await database.ScalarAsync<long>("SELECT count(*) FROM roadworthy.error_events"), 101, 111);
        Assert.Equal(
            await database.ScalarAsync<long>("SELECT count(*) FROM roadworthy.error_events"), await database.ScalarAsync<int>("SELECT events FROM roadworthy.error_groups"));
        Assert.Equal(300, group.Hours.Sum());
    }

    [Fact]
    public async Task A_flood_of_groups_ends_in_one_and_loses_no_count()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start(options => options.MaxGroups = 10);
        for (var n = 1; n <= 40; n++)
        {
            host.Log.LogError(new EventId(n), "Event {N}", n);
        }

        await database.HasAsync(40);
        host.Log.LogError(new EventId(1), "Event {N}", 1);
        host.Log.LogError(new EventId(40), "Event {N}", 40);
        await database.HasAsync(42);
        var groups = (await host.Tracker.ListAsync(new())).Groups;
        Assert.Equal(11, groups.Count);
        Assert.Equal(31, Assert.Single(groups, group => group.Type == "more groups than MaxGroups").Count);
    }

    [Fact]
    public async Task Texts_that_no_database_takes_are_taken()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var host = database.Start();
        host.Log.LogError(Thrown("NUL \0, a lone \uD800 surrogate, \u202E and a long one " + new string('x', 100_000)), "A \0 \uDFFF {Value}", "\0");
        await database.HasAsync(1);
        var group = Assert.Single((await host.Tracker.ListAsync(new() { Text = "\0" })).Groups);
        Assert.StartsWith("NUL \uFFFD, a lone \uFFFD surrogate", group.Message, StringComparison.Ordinal);
        Assert.InRange(group.Message.Length, 1, 1_024);
        Assert.Contains("\\u0000", (await host.Tracker.FindAsync(group.Id))!.First!.Record, StringComparison.Ordinal);
        Assert.Equal(0, host.Tracker.Status.Dropped);
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            Throw(message);
            return null!;
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
    }

    private static void Throw(string message) => throw new InvalidOperationException(message);
}
