namespace Roadworthy.Errors.Tracking;

/// <summary>What tracking logs, with its ids. Nothing at Error: it would track itself. docs/guides/errors.md says what to do about each.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(5001, LogLevel.Warning, "Errors wait in {Folder}: the database did not take them, and is tried again")]
    public static partial void DrainFailed(this ILogger log, Exception error, string folder);

    [LoggerMessage(5002, LogLevel.Information, "The database takes errors again")]
    public static partial void DrainsAgain(this ILogger log);

    [LoggerMessage(5003, LogLevel.Warning, "{Count} errors are in no group: the queue was full, or the disk refused them. Their records are in the log. Raise ErrorTrackingOptions.MaxSpoolBytes, or see why the database takes none")]
    public static partial void ErrorsDropped(this ILogger log, long count);

    [LoggerMessage(5004, LogLevel.Warning, "Errors are in the log only and in no group, since there is no folder to keep them in: {Reason}")]
    public static partial void NoSpool(this ILogger log, string reason);

    [LoggerMessage(5005, LogLevel.Information, "{Bytes} bytes of errors were taken over from a process that ended")]
    public static partial void Adopted(this ILogger log, long bytes);

    [LoggerMessage(5006, LogLevel.Warning, "A resolved error has come back in release {Release}: {Type}: {ErrorMessage} ({Culprit}), group {Group}")]
    public static partial void Regressed(this ILogger log, string release, string type, string errorMessage, string culprit, Guid group);

    [LoggerMessage(5007, LogLevel.Warning, "ErrorTrackingOptions.OnRegression threw at group {Group}; the group is not affected")]
    public static partial void CallbackFailed(this ILogger log, Exception error, Guid group);

    [LoggerMessage(5008, LogLevel.Warning, "An error was passed over: the database refuses its row for good. Its record is in the log, trace {Trace}")]
    public static partial void Refused(this ILogger log, Exception error, string? trace);

    [LoggerMessage(5009, LogLevel.Information, "{Count} rows of errors that are over were purged")]
    public static partial void Purged(this ILogger log, int count);

    [LoggerMessage(5010, LogLevel.Warning, "Old errors could not be purged; tried again in an hour")]
    public static partial void PurgeFailed(this ILogger log, Exception error);

    [LoggerMessage(5011, LogLevel.Warning, "A dead process's errors in {Folder} could not be read, and are tried again")]
    public static partial void AdoptionFailed(this ILogger log, Exception error, string folder);
}
