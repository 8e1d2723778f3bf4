using Microsoft.Extensions.Options;
using Npgsql;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>A pool of tracking's own, made when it is first used: one connection for the queue, one for people.</summary>
internal sealed class ErrorsDatabase(IOptions<ErrorTrackingOptions> options) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _source = new(() => Build(options.Value.ConnectionString!));

    public NpgsqlDataSource Source => _source.Value;

    public ValueTask DisposeAsync() => _source.IsValueCreated ? _source.Value.DisposeAsync() : ValueTask.CompletedTask;

    private static NpgsqlDataSource Build(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { MinPoolSize = 0, MaxPoolSize = 2, NoResetOnClose = true, Enlist = false };
        Default("Timeout", () => settings.Timeout = 5);
        Default("Command Timeout", () => settings.CommandTimeout = 15);
        Default("Application Name", () => settings.ApplicationName = "roadworthy errors");
        Default("Max Auto Prepare", () => settings.MaxAutoPrepare = 16);
        // Metrics call the pool by this name; without one, by host, database and user.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "roadworthy errors" };
        // No spans: what watches the application must not be part of what is watched.
        builder.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => false).ConfigureBatchFilter(_ => false));
        return builder.Build();

        void Default(string key, Action set)
        {
            if (!settings.ShouldSerialize(key))
            {
                set();
            }
        }
    }
}
