namespace Storefront.Hosting;

/// <summary>What the backend logs, with its ids.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1003, LogLevel.Information, "Applying {Count} migrations up to {Last}")]
    public static partial void Migrating(this ILogger logger, int count, string last);

    [LoggerMessage(1004, LogLevel.Information, "The database is migrated")]
    public static partial void Migrated(this ILogger logger);

    [LoggerMessage(1007, LogLevel.Information, "The database is up to date: nothing to migrate")]
    public static partial void NothingToMigrate(this ILogger logger);

    [LoggerMessage(1006, LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds:0.0} ms")]
    public static partial void RequestAnswered(this ILogger logger, string method, string path, int status, double milliseconds);

    [LoggerMessage(1005, LogLevel.Warning, "Old log-in attempts could not be purged")]
    public static partial void PurgeFailed(this ILogger logger, Exception error);
}
