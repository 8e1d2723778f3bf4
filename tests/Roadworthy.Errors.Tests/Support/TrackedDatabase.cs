using Npgsql;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>A database with the tables of error tracking, and a folder for queues.</summary>
public sealed class TrackedDatabase : IAsyncDisposable
{
    private TrackedDatabase(string connection, string folder)
    {
        (ConnectionString, Folder) = (connection, folder);
        Source = NpgsqlDataSource.Create(connection + ";Pooling=false");
    }

    public string ConnectionString { get; }

    public string Folder { get; }

    public NpgsqlDataSource Source { get; }

    public static async Task<TrackedDatabase> CreateAsync(PostgresFixture server)
    {
        var name = $"tracked_{Guid.NewGuid():n}";
        await server.Server.CreateDatabaseAsync(name);
        var database = new TrackedDatabase(server.Server.GetConnectionString(name), Directory.CreateTempSubdirectory("roadworthy-errors-tests-").FullName);
        Assert.Equal(1, await ErrorsSchema.ApplyAsync(database.Source));
        return database;
    }

    /// <summary>An application's errors.</summary>
    public TrackingHost Start(
        Action<ErrorTrackingOptions>? configure = null, string? connection = null, TimeProvider? time = null, IErrorSink? services = null) =>
        TrackingHost.Start(Options(configure, connection), time, services);

    public Action<ErrorTrackingOptions> Options(Action<ErrorTrackingOptions>? configure = null, string? connection = null) => options =>
    {
        (options.ConnectionString, options.SpoolFolder, options.Release) = (connection ?? ConnectionString, Folder, "1.0");
        options.OwnNamespaces.Add("Roadworthy.Errors.Tests");
        configure?.Invoke(options);
    };

    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Errors in all groups.</summary>
    public Task<long> CountAsync() => ScalarAsync<long>("SELECT coalesce(sum(count), 0)::bigint FROM roadworthy.error_groups");

    public Task HasAsync(long errors) => Eventually.TrueAsync($"{errors} errors are in groups", async () => await CountAsync() == errors);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
