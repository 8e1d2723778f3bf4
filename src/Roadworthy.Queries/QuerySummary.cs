namespace Roadworthy.Queries;

/// <summary>What was sent to the database in a scope.</summary>
public sealed record QuerySummary
{
    /// <summary>Statements that were sent: each of a batch counts.</summary>
    public required int Statements { get; init; }

    /// <summary>Round trips to the server: a batch is one.</summary>
    public required int RoundTrips { get; init; }

    /// <summary>The sum of the statements' times, from sending to the last row read.</summary>
    public required TimeSpan DatabaseTime { get; init; }

    /// <summary>Rows that were read; null where nothing said so.</summary>
    public long? RowsRead { get; init; }

    /// <summary>Each statement, in the order of their first coming.</summary>
    public IReadOnlyList<StatementCount> Sent { get; init; } = [];

    /// <summary>Statements that came in more than one round trip, the most frequent first.</summary>
    public IReadOnlyList<RepeatedStatement> Repeats { get; init; } = [];
}
