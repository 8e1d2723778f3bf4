namespace Roadworthy.Queries.Telling;

/// <summary>What the package logs, with its ids. docs/guides/queries.md says what to do about each.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(6001, LogLevel.Warning, "{Method} {Route}: N+1: one statement {Count} times with {Values} different values, from {Place}: {Sql}{More}")]
    public static partial void NPlusOne(this ILogger log, string method, string route, long count, long? values, string place, string sql, string more);

    [LoggerMessage(6002, LogLevel.Information, "{Method} {Route}: {Finding}{More}")]
    public static partial void Repeated(this ILogger log, string method, string route, string finding, string more);

    [LoggerMessage(6003, LogLevel.Warning, "{Method} {Route}: {Statements} statements, over its budget of {Budget}{More}: {List}")]
    public static partial void BudgetExceeded(this ILogger log, string method, string route, long statements, long? budget, string more, string list);

    [LoggerMessage(6004, LogLevel.Warning, "{Method} {Route} writes, which such a request must not: {Sql}{More}")]
    public static partial void WriteInGet(this ILogger log, string method, string route, string sql, string more);

    [LoggerMessage(6005, LogLevel.Warning, "{Method} {Route}: a statement took {Milliseconds} ms, over the limit of {Limit} ms: {Sql}{More}")]
    public static partial void SlowStatement(this ILogger log, string method, string route, long milliseconds, long? limit, string sql, string more);

    [LoggerMessage(6006, LogLevel.Information, "{Method} {Route}: {Rows} rows were read for {Items} items{More}")]
    public static partial void RowsOverread(this ILogger log, string method, string route, long rows, long? items, string more);

    [LoggerMessage(6007, LogLevel.Warning, "{Method} {Route}: {Finding}{More}")]
    public static partial void LeftOpen(this ILogger log, string method, string route, string finding, string more);

    [LoggerMessage(6008, LogLevel.Error, "{Method} {Route}: the budget of statements was exceeded after the answer had begun; the connection was broken off")]
    public static partial void BrokenOff(this ILogger log, Exception error, string method, string route);
}
