using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Roadworthy.Sessions;

namespace Storefront.Data;

/// <summary>The one data source of the process, with its limits, and EF Core on top of it.</summary>
internal static class Database
{
    public const string ConnectionName = "Storefront";
    public const string MigrationsTable = "migrations";

    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var connection = provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName);
            return Build(WithLimits(connection!), "storefront");
        });
        // Sessions listen on one of theirs, and are refreshed also when requests take all of the others.
        services.AddKeyedSingleton(SessionsOptions.DataSourceKey, (provider, _) =>
        {
            var connection = provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName);
            return Build(ForSessions(connection!), "storefront sessions");
        });
        services.AddDbContext<StorefrontDb>((provider, options) => Use(options, provider.GetRequiredService<NpgsqlDataSource>()));
        return services;
    }

    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql
            .ExecutionStrategy(dependencies => new BriefRetry(dependencies))
            .MigrationsHistoryTable(MigrationsTable))
        .UseSnakeCaseNamingConvention()
        // Whoever lets the exception through gets one record from the error middleware; EF Core would write two more.
        .ConfigureWarnings(warnings => warnings
            // Identity's base class maps what StorefrontDb then leaves out.
            .Ignore(CoreEventId.MappedEntityTypeIgnoredWarning, CoreEventId.MappedPropertyIgnoredWarning)
            .Log(
            (CoreEventId.SaveChangesFailed, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug),
            (RelationalEventId.CommandError, LogLevel.Debug),
            (RelationalEventId.ConnectionError, LogLevel.Debug),
            (RelationalEventId.TransactionError, LogLevel.Debug)));

    // Metrics call the pool by this name; without one, by host, database and user.
    private static NpgsqlDataSource Build(string connection, string name) => new NpgsqlDataSourceBuilder(connection) { Name = name }.UseRoadworthyQueries().Build();

    private static string ForSessions(string connection) => new NpgsqlConnectionStringBuilder(WithLimits(connection))
    {
        ApplicationName = "storefront sessions",
        MaxPoolSize = 20,
        NoResetOnClose = true,
    }.ConnectionString;

    /// <summary>For the few connections that tracked errors go over.</summary>
    public static string ForErrors(string connection) => new NpgsqlConnectionStringBuilder(WithLimits(connection)) { ApplicationName = "storefront errors" }.ConnectionString;

    /// <summary>
    /// Bounds that hold where the connection string does not say otherwise. A statement is ended by the server after 10 s,
    /// by the client after 15 s.
    /// </summary>
    public static string WithLimits(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        Default("Application Name", () => settings.ApplicationName = "storefront");
        Default("Timeout", () => settings.Timeout = 5);
        Default("Command Timeout", () => settings.CommandTimeout = 15);
        Default("Maximum Pool Size", () => settings.MaxPoolSize = 50);
        // A page of the dashboard is up to 1 MB: fewer, larger reads.
        Default("Read Buffer Size", () => settings.ReadBufferSize = 64 * 1024);
        Default("Max Auto Prepare", () => settings.MaxAutoPrepare = 64);
        // The reset is up to seven statements a request. Nothing here leaves state in a session: no SET, no temporary table,
        // no session lock, no LISTEN. An open transaction is rolled back all the same.
        Default("No Reset On Close", () => settings.NoResetOnClose = true);
        Default("Options", () => settings.Options =
            "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s");
        return settings.ConnectionString;

        void Default(string key, Action set)
        {
            // However it was written: CommandTimeout is Command Timeout.
            if (!settings.ShouldSerialize(key)) set();
        }
    }
}
