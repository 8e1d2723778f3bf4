namespace Roadworthy.Input.Endpoints;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Endpoint} refused a request for {Count} errors: {Keys}", EventName = "RequestRefused")]
    public static partial void Refused(ILogger logger, string endpoint, int count, string keys);

    [LoggerMessage(2, LogLevel.Information, "{Endpoint} refused a request with {Status}", EventName = "RequestRefusedWhole")]
    public static partial void RefusedWhole(ILogger logger, Exception? failure, string? endpoint, int status);

    [LoggerMessage(3, LogLevel.Information, "{Method} {Endpoint} got members that nothing reads: {Keys}", EventName = "UnknownMembers")]
    public static partial void UnknownMembers(ILogger logger, string method, string? endpoint, string keys);

    [LoggerMessage(4, LogLevel.Warning, "The body of {Endpoint} is not guarded: another formatter than SystemTextJsonInputFormatter reads its JSON", EventName = "BodyNotGuarded")]
    public static partial void NotGuarded(ILogger logger, string? endpoint);

    [LoggerMessage(5, LogLevel.Warning, "A problem was written without the application's own changes: they failed", EventName = "ProblemNotCustomised")]
    public static partial void NotCustomised(ILogger logger, Exception exception);
}
