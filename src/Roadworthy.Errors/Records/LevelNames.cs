namespace Roadworthy.Errors.Records;

internal static class LevelNames
{
    public static ReadOnlySpan<byte> Json(LogLevel level) => level switch
    {
        LogLevel.Trace => "\"Trace\""u8,
        LogLevel.Debug => "\"Debug\""u8,
        LogLevel.Information => "\"Information\""u8,
        LogLevel.Warning => "\"Warning\""u8,
        LogLevel.Error => "\"Error\""u8,
        LogLevel.Critical => "\"Critical\""u8,
        _ => "\"None\""u8,
    };

    public static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "FAIL",
        LogLevel.Critical => "CRIT",
        _ => "none",
    };
}
