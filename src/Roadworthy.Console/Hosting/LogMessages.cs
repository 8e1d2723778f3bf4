namespace Roadworthy.Console.Hosting;

/// <summary>What the console logs, with its ids.</summary>
internal static partial class LogMessages
{
    // An open page asks every two seconds, and the guards tell of an outage themselves.
    [LoggerMessage(7001, LogLevel.Debug, "The console could not read what it shows")]
    public static partial void NotReached(this ILogger log, Exception error);

    [LoggerMessage(7002, LogLevel.Information, "{User} set error group {GroupId} to {Status} on the console")]
    public static partial void ErrorSet(this ILogger log, string? user, Guid groupId, string status);

    [LoggerMessage(7003, LogLevel.Information, "{User} ended session {SessionId} on the console")]
    public static partial void SessionEnded(this ILogger log, string? user, Guid sessionId);

    [LoggerMessage(7004, LogLevel.Warning, "A form for {Path} was refused with {Status}: {Why}")]
    public static partial void FormRefused(this ILogger log, string path, int status, string why);
}
