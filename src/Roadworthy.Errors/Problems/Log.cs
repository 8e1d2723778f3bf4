namespace Roadworthy.Errors.Problems;

internal static partial class Log
{
    [LoggerMessage(10, LogLevel.Error, "{Method} failed and was answered with {Status} ({Kind})", EventName = "RequestFailed")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, int status, string kind);

    [LoggerMessage(11, LogLevel.Error, "{Method} failed after its answer had begun; the connection was aborted", EventName = "RequestFailedAfterStart")]
    public static partial void RequestFailedAfterStart(ILogger logger, Exception exception, string method);

    [LoggerMessage(12, LogLevel.Information, "{Method} was refused with {Status} ({Kind}): {Reason}", EventName = "RequestRefused")]
    public static partial void RequestRefused(ILogger logger, string method, int status, string kind, string reason);

    [LoggerMessage(13, LogLevel.Information, "{Method} was cancelled by its client ({ExceptionType})", EventName = "RequestCancelled")]
    public static partial void RequestCancelled(ILogger logger, string method, string exceptionType);
}
