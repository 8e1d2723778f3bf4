using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Roadworthy.Sessions.Store;

/// <summary>Where the sessions are: the application's data source, or one of their own where a connection string was given.</summary>
internal sealed class SessionsDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource? _own;

    public SessionsDatabase(SessionsOptions options, IServiceProvider services)
    {
        if (options.ConnectionString is null)
        {
            Source = services.GetKeyedService<NpgsqlDataSource>(SessionsOptions.DataSourceKey) ?? services.GetService<NpgsqlDataSource>() ?? throw new InvalidOperationException(
                "Sessions have no database: set SessionsOptions.ConnectionString, or register an NpgsqlDataSource, with the key SessionsOptions.DataSourceKey or without one.");
            return;
        }

        Source = _own = new NpgsqlDataSourceBuilder(WithoutReset(options.ConnectionString)) { Name = "roadworthy sessions" }.Build();
    }

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The reset of a pooled connection is up to seven statements, where a refresh is one. Nothing here leaves state in a session.
    private static string WithoutReset(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { NoResetOnClose = true };
        if (!settings.ShouldSerialize("Max Auto Prepare")) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (32, 2);
        return settings.ConnectionString;
    }
}
