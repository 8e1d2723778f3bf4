namespace Roadworthy.Idempotency.Events;

/// <summary>What the package logs, with its ids. docs/guides/idempotency.md says what to do about each.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(4001, LogLevel.Warning, "{Route}: an Idempotency-Key came back with another request, and was refused. The client reuses keys")]
    public static partial void KeyReused(this ILogger log, string route);

    [LoggerMessage(4002, LogLevel.Information, "{Route}: the connection was lost at the commit, which had gone through: the answer was given, and nothing was done twice")]
    public static partial void Recovered(this ILogger log, string route);

    [LoggerMessage(4003, LogLevel.Debug, "{Count} expired idempotency keys were removed")]
    public static partial void Purged(this ILogger log, int count);

    [LoggerMessage(4004, LogLevel.Warning, "Expired idempotency keys could not be removed; they are free all the same, and the next try is in an hour")]
    public static partial void PurgeFailed(this ILogger log, Exception error);
}
