using Npgsql;
using NpgsqlTypes;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>Occurrences as the columns of the statements.</summary>
internal sealed class ErrorBatch(IReadOnlyList<ErrorOccurrence> occurrences, int keptRecords)
{
    public Guid[] Groups { get; } = Column(occurrences, o => o.Group);

    public DateTimeOffset[] Times { get; } = Column(occurrences, o => o.At);

    public string?[] Releases { get; } = Texts(occurrences, o => o.Release);

    /// <summary>The parameters $2 to $15 of Apply.sql.</summary>
    public IEnumerable<NpgsqlParameter> Columns()
    {
        yield return new NpgsqlParameter { Value = Column(occurrences, o => o.Id) };
        yield return new NpgsqlParameter { Value = Groups };
        yield return new NpgsqlParameter { Value = Times };
        Func<ErrorOccurrence, string?>[] texts =
            [o => o.Type, o => o.Message, o => o.Culprit, o => o.TraceId, o => o.RequestId, o => o.Method, o => o.Route, o => o.UserId, o => o.Release, o => o.Instance];
        foreach (var text in texts)
        {
            yield return Text(Texts(occurrences, text));
        }

        yield return Text(Records());
    }

    public static NpgsqlParameter Text(string?[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    // Only what could stay: the first of each group and its latest.
    private string?[] Records()
    {
        var records = new string?[occurrences.Count];
        foreach (var group in Enumerable.Range(0, occurrences.Count).GroupBy(i => occurrences[i].Group))
        {
            var byTime = group.OrderBy(i => occurrences[i].At).ThenBy(i => occurrences[i].Id).ToList();
            foreach (var i in byTime.Take(1).Concat(byTime.TakeLast(keptRecords)))
            {
                records[i] = WithoutNul(System.Text.Encoding.UTF8.GetString(occurrences[i].Record.Span));
            }
        }

        return records;
    }

    private static T[] Column<T>(IReadOnlyList<ErrorOccurrence> occurrences, Func<ErrorOccurrence, T> column) => [.. occurrences.Select(column)];

    private static string?[] Texts(IReadOnlyList<ErrorOccurrence> occurrences, Func<ErrorOccurrence, string?> column) => [.. occurrences.Select(o => WithoutNul(column(o)))];

    // PostgreSQL's text takes any character but this one.
    private static string? WithoutNul(string? text) => text?.Replace('\0', '\uFFFD');
}
