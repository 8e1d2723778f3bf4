using System.Globalization;
using Roadworthy.Console.Text;
using Roadworthy.Queries;

namespace Roadworthy.Console.Requests;

/// <summary>What the pages call the things of a request.</summary>
internal static class RequestWords
{
    public static string Route(RequestTrace trace) => trace.Route.Length == 0 ? "(no route)" : Visible.Line(trace.Route, 200);

    public static string NPlusOne(RepeatedStatement repeat) =>
        string.Create(CultureInfo.InvariantCulture, $"N+1 × {repeat.Count} at {Visible.Line(repeat.Place, 120)}");

    /// <summary>SQL in one line.</summary>
    public static string Sql(string sql, int most) =>
        Visible.Line(string.Join(' ', sql[..Math.Min(sql.Length, 4 * most)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), most);

    public static string Name(QueryFindingKind kind) => kind switch
    {
        QueryFindingKind.NPlusOne => "N+1",
        QueryFindingKind.RepeatedStatement => "repeated statement",
        QueryFindingKind.BudgetExceeded => "over its budget",
        QueryFindingKind.WriteInGet => "a GET that writes",
        QueryFindingKind.SlowStatement => "slow statement",
        QueryFindingKind.RowsOverread => "reads too many rows",
        QueryFindingKind.LeftOpen => "left open",
        _ => kind.ToString(),
    };

    /// <summary>What to do about it, in a sentence.</summary>
    public static string Advice(QueryFindingKind kind) => kind switch
    {
        QueryFindingKind.NPlusOne => "Load the rows together: Include, a join, or one statement with = ANY($1).",
        QueryFindingKind.RepeatedStatement => "Ask once and keep the answer for the request.",
        QueryFindingKind.BudgetExceeded => "Send fewer statements, or raise the budget knowingly.",
        QueryFindingKind.WriteInGet => "A GET may be repeated, prefetched and cached: write in a POST, or say .AllowWrites().",
        QueryFindingKind.SlowStatement => "EXPLAIN (ANALYZE, BUFFERS) it: an index is missing, or it waits for a lock.",
        QueryFindingKind.RowsOverread => "Filter and page in SQL, not in memory.",
        QueryFindingKind.LeftOpen => "Dispose the connection or transaction in the request that opened it: await using.",
        _ => "",
    };

    public static string StatusClass(int status) => status switch
    {
        >= 500 => "s5",
        >= 400 => "s4",
        >= 300 => "s3",
        _ => "s2",
    };
}
