using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Roadworthy.Errors.Tests.Support;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Errors.Tests.Tracking;

public sealed class SetUpTests(PostgresFixture server)
{
    [Fact]
    public void Every_fault_of_the_options_is_told_at_once_and_no_password_is()
    {
        using var services = new ServiceCollection().AddRoadworthyErrorTracking(options =>
        {
            options.ConnectionString = "Host=db;Password=hunter2;Prot=1";
            options.MaxSpoolBytes = 1;
            options.EventRetention = TimeSpan.FromDays(100);
            options.MaxEventsPerGroup = 1;
            options.MaxGroups = 1;
            options.Release = " ";
            options.OwnNamespaces.Add("");
        }).AddRoadworthyErrorTracking().BuildServiceProvider();
        var faults = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ErrorTrackingOptions>>().Value).Failures.ToList();
        Assert.Equal(7, faults.Count);
        Assert.DoesNotContain("hunter2", string.Concat(faults), StringComparison.Ordinal);
        using var empty = new ServiceCollection().AddRoadworthyErrorTracking().BuildServiceProvider();
        Assert.Contains("ConnectionString is empty", Assert.Throws<OptionsValidationException>(() => empty.GetRequiredService<IOptions<ErrorTrackingOptions>>().Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_tracking_nothing_of_it_is_there()
    {
        using var services = new ServiceCollection().AddRoadworthyErrors().BuildServiceProvider();
        Assert.Null(services.GetService<ErrorTracker>());
        Assert.Empty(services.GetServices<IErrorSink>());
    }

    [Fact]
    public async Task The_tables_are_made_once_and_printed_for_whoever_makes_them_by_hand()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        await using var connection = await database.Source.OpenConnectionAsync();
        Assert.True(await ErrorsSchema.IsCurrentAsync(connection));
        Assert.Equal(0, await ErrorsSchema.ApplyAsync(database.Source));

        await database.ExecuteAsync("DROP SCHEMA roadworthy CASCADE");
        Assert.False(await ErrorsSchema.IsCurrentAsync(connection));
        await database.ExecuteAsync(ErrorsSchema.Print());
        Assert.True(await ErrorsSchema.IsCurrentAsync(connection));
    }

    [Fact]
    public async Task Tracking_takes_two_connections_of_its_own_at_most_and_none_without_errors()
    {
        await using var database = await TrackedDatabase.CreateAsync(server);
        var name = $"tracking {Guid.NewGuid()}";
        await using var host = database.Start(connection: new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = name }.ConnectionString);
        var taken = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1";
        await Eventually.TrueAsync("it has a folder", () => host.Tracker.Status.On);
        Assert.Equal(0, await database.ScalarAsync<long>(taken, name));
        host.Log.LogError("One");
        await database.HasAsync(1);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Tracker.ListAsync(new())));
        Assert.InRange(await database.ScalarAsync<long>(taken, name), 1, 2);
    }
}
