using System.Diagnostics;
using System.Globalization;
using Roadworthy.Errors.Tests.Support;
using Roadworthy.Testing;

namespace Roadworthy.Errors.Tests.Tracking;

public sealed class DrainTests(PostgresFixture server)
{
    [Fact]
    public async Task What_was_logged_while_the_database_was_away_arrives_once_and_the_outage_is_told_once()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var proxy = PostgresProxy.Before(database.ConnectionString);
        await using var host = database.Start(connection: proxy.Through(database.ConnectionString));
        using (proxy.Silence())
        {
            for (var n = 0; n < 1_000; n++)
            {
                host.Log.LogError("Number {N}", n);
            }

            Assert.True(host.Tracker.Status.WaitingBytes > 100_000);
        }

        await database.HasAsync(1_000);
        Assert.Equal(1_000, host.Output.Records.Count(record => record.At("level") == "Error"));
        await Eventually.TrueAsync("nothing waits", () => host.Tracker.Status.WaitingBytes == 0);
        Assert.Empty(Directory.EnumerateFiles(host.Tracker.Status.SpoolFolder!, "*.spool"));
    }

    [Fact]
    public async Task A_database_that_can_not_be_reached_is_told_of_once_and_tried_again()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await database.ExecuteAsync("ALTER TABLE roadworthy.error_groups RENAME TO hidden");
        await using var host = database.Start();
        host.Log.LogError("One");
        await Eventually.TrueAsync("it was tried three times", () => host.Counts.Of("roadworthy.errors.drain_failures") >= 3);
        Assert.False(host.Tracker.Status.DatabaseReachable);
        await database.ExecuteAsync("ALTER TABLE roadworthy.hidden RENAME TO error_groups");
        await database.HasAsync(1);
        await Eventually.TrueAsync("the end is told", () => host.Services is not null && Flushed(host, "DrainsAgain") == 1);
        Assert.Equal(1, Flushed(host, "DrainFailed"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_batch_whose_commit_was_lost_is_counted_once(int round)
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var proxy = PostgresProxy.Before(database.ConnectionString);
        await using var host = database.Start(connection: proxy.Through(database.ConnectionString));
        var lost = round == 3 ? proxy.CutAfter(PostgresProxy.Commit) : proxy.LoseAnswerTo(PostgresProxy.Commit);
        for (var n = 0; n < 10 * round; n++)
        {
            host.Log.LogError("Number {N}", n);
        }

        await lost.WaitAsync(TimeSpan.FromSeconds(20));
        host.Log.LogError("Number {N}", "last");
        await Eventually.TrueAsync("the last one is there", async () => await database.ScalarAsync<string?>("SELECT max(message) FROM roadworthy.error_groups") is "Number last");
        await Eventually.TrueAsync("nothing waits", () => host.Tracker.Status.WaitingBytes == 0);
        Assert.Equal((10 * round) + 1, await database.CountAsync());
        Assert.Equal((10 * round) + 1, await database.ScalarAsync<long>("SELECT count(*) FROM roadworthy.error_events"));
        Assert.Equal((10 * round) + 1, await database.ScalarAsync<long>("SELECT sum(count)::bigint FROM roadworthy.error_hours"));
    }

    [Fact]
    public async Task Two_instances_at_once_count_every_error_of_theirs_in_the_same_groups()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using (var one = database.Start())
        await using (var other = database.Start())
        {
            await Task.WhenAll(new[] { one, other }.Select(host => Task.Run(async () =>
            {
                for (var n = 0; n < 600; n++)
                {
                    host.Log.LogError(new EventId(1 + (n % 30)), "Number {N}", n);
                    if (n % 100 == 0)
                    {
                        await Task.Yield();
                    }
                }
            })));
            await database.HasAsync(1_200);
        }

        Assert.Equal(30, await database.ScalarAsync<long>("SELECT count(*) FROM roadworthy.error_groups WHERE count = 40 AND events = 40"));
        Assert.Empty(Directory.EnumerateDirectories(Directory.EnumerateDirectories(database.Folder).Single()));
    }

    [Fact]
    public async Task A_full_queue_drops_and_counts_and_says_so_while_every_record_is_written()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await database.ExecuteAsync("ALTER TABLE roadworthy.error_groups RENAME TO hidden");
        long dropped;
        var host = database.Start(options => options.MaxSpoolBytes = 1_048_576);
        await using (host)
        {
            for (var n = 0; n < 4_000; n++)
            {
                host.Log.LogError("Number {N} {Padding}", n, new string('x', 500));
            }

            dropped = host.Tracker.Status.Dropped;
            Assert.InRange(dropped, 1_000, 3_999);
            Assert.InRange(host.Tracker.Status.WaitingBytes, 900_000, 1_048_576);
            Assert.Equal((4_000 - dropped, dropped), (host.Counts.Of("roadworthy.errors.tracked"), host.Counts.Of("roadworthy.errors.dropped")));
            Assert.Equal(4_000, host.Output.Records.Count(record => record.At("level") == "Error"));
            await database.ExecuteAsync("ALTER TABLE roadworthy.hidden RENAME TO error_groups");
            await database.HasAsync(4_000 - dropped);
            await Eventually.TrueAsync("it is told", () => Flushed(host, "ErrorsDropped") > 0);
            host.Log.LogError("Number {N} {Padding}", 4_000, "there is room again");
            await database.HasAsync(4_001 - dropped);
        }

        Assert.Equal(4_001 - dropped, await database.CountAsync());
        // Told in one record, or in two where the drainer looked while the queue was still filling up; never again for the same error.
        Assert.Equal(dropped, host.Events("ErrorsDropped").Sum(message => long.Parse(message.Split(' ')[0], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_process_killed_right_after_it_logged_leaves_its_errors_to_whoever_comes_next()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        // It finds no database, and dies.
        using (var child = Child.Start("tracks", database.Folder, database.ConnectionString))
        {
            await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.Equal(137, child.ExitCode);
        }

        Assert.Equal(0, await database.CountAsync());
        var place = Directory.EnumerateDirectories(database.Folder).Single();
        Assert.NotEmpty(Directory.EnumerateFiles(place, "*.spool", SearchOption.AllDirectories));
        await using (var one = database.Start())
        await using (var other = database.Start())
        {
            await database.HasAsync(25);
            await Eventually.TrueAsync("the folder is gone", () => Directory.EnumerateDirectories(place).Count() == 2);
        }

        Assert.Equal(25, await database.CountAsync());
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM roadworthy.error_spools s WHERE NOT EXISTS (SELECT FROM roadworthy.error_events)"));
        Assert.Empty(Directory.EnumerateDirectories(place));
    }

    [Fact]
    public async Task A_disk_that_refuses_in_the_middle_of_an_error_costs_those_errors_their_group_and_nothing_else()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        string[] records;
        long dropped;
        using (var child = Child.StartLimited(blocks: 64, "fills", database.Folder, database.ConnectionString))
        {
            var output = child.StandardOutput.ReadToEndAsync();
            var said = await child.StandardError.ReadToEndAsync();
            records = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            dropped = long.Parse(said.Split("dropped ")[1], CultureInfo.InvariantCulture);
        }

        Assert.Equal(200, records.Count(record => record.Contains("\"level\":\"Error\"", StringComparison.Ordinal)));
        Assert.InRange(dropped, 100, 199);
        // The next process finds whole entries, and none that is torn.
        await using var next = database.Start();
        await database.HasAsync(200 - dropped);
        Assert.Equal(200 - dropped, await database.CountAsync());
        Assert.Equal(0, next.Tracker.Status.Dropped);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_used_costs_the_groups_and_nothing_else()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        var file = Path.Combine(database.Folder, "file");
        await File.WriteAllTextAsync(file, "");
        await using var host = database.Start(options => options.SpoolFolder = file);
        host.Log.LogError("One");
        await Eventually.TrueAsync("it is told", () => Flushed(host, "NoSpool") == 1);
        var status = host.Tracker.Status;
        Assert.True(status is { On: false, Dropped: 1, SpoolFolder: null }, $"{status}");
        Assert.Single(host.Output.Records, record => record.At("message") == "One");
    }

    [Fact]
    public async Task A_folder_that_somebody_deletes_is_made_again_and_what_was_in_it_is_counted()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await database.ExecuteAsync("ALTER TABLE roadworthy.error_groups RENAME TO hidden");
        await using var host = database.Start();
        host.Log.LogError("One");
        host.Log.LogError("Two");
        await Eventually.TrueAsync("it was tried", () => host.Counts.Of("roadworthy.errors.drain_failures") > 0);
        Directory.Delete(Directory.EnumerateDirectories(database.Folder).Single(), recursive: true);
        await Eventually.TrueAsync("it was found out", () => host.Tracker.Status.Dropped == 2);
        await database.ExecuteAsync("ALTER TABLE roadworthy.hidden RENAME TO error_groups");
        host.Log.LogError("Three");
        await database.HasAsync(1);
        await Eventually.TrueAsync("nothing waits", () => host.Tracker.Status.WaitingBytes == 0);
    }

    [Fact]
    public async Task A_sink_that_throws_or_logs_harms_nobody()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        var sink = new BadSink();
        await using var host = database.Start(services: sink);
        sink.Log = host.Log;
        host.Log.LogError("One");
        await database.HasAsync(1);
        Assert.Equal(1, host.Counts.Of("roadworthy.errors.sinks_failed"));
        Assert.Equal(["One", "from the sink"], host.Output.Records.Where(record => record.At("level") == "Error").Select(record => record.At("message")));
    }

    private static int Flushed(TrackingHost host, string name) => host.Events(name).Count();

    private sealed class BadSink : Errors.Tracking.IErrorSink
    {
        public ILogger? Log { get; set; }

        public void Take(Errors.Tracking.ErrorOccurrence occurrence)
        {
            Log?.LogError("from the sink");
            throw new UnreachableException();
        }
    }
}
