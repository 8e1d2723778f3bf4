using Npgsql;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>Rows as people see them.</summary>
internal static class GroupRows
{
    public static string NameOf(ErrorGroupStatus status) => status switch
    {
        ErrorGroupStatus.Open => "open",
        ErrorGroupStatus.Resolved => "resolved",
        ErrorGroupStatus.Ignored => "ignored",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no such status."),
    };

    public static ErrorGroup Group(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Type = row.GetString(1),
        Message = row.GetString(2),
        Culprit = row.GetString(3),
        Route = Text(row, 4),
        Status = row.GetString(5) switch { "resolved" => ErrorGroupStatus.Resolved, "ignored" => ErrorGroupStatus.Ignored, _ => ErrorGroupStatus.Open },
        Count = row.GetInt64(6),
        FirstSeen = row.GetFieldValue<DateTimeOffset>(7),
        LastSeen = row.GetFieldValue<DateTimeOffset>(8),
        FirstRelease = row.GetString(9),
        LastRelease = row.GetString(10),
        RegressedAt = Moment(row, 11),
        ResolvedAt = Moment(row, 12),
        DecidedAt = Moment(row, 13),
        DecidedBy = Text(row, 14),
        Hours = row.GetFieldValue<long[]>(15),
    };

    public static ErrorEvent Event(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        At = row.GetFieldValue<DateTimeOffset>(1),
        TraceId = Text(row, 2),
        RequestId = Text(row, 3),
        Method = Text(row, 4),
        Route = Text(row, 5),
        UserId = Text(row, 6),
        Release = row.GetString(7),
        Instance = row.GetString(8),
        Record = Text(row, 9),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Moment(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
