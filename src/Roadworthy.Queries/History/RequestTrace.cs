namespace Roadworthy.Queries;

/// <summary>One request that has ended, with what it asked of the database. Holds no values: neither of parameters nor of a path or a query string.</summary>
public sealed record RequestTrace
{
    /// <summary>Names the request in this process: what <see cref="RequestHistory.Find"/> takes.</summary>
    public required string Id { get; init; }

    /// <summary>The trace id of the request, 32 hexadecimal digits; null where nothing traces.</summary>
    public string? TraceId { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The pattern of its route, such as <c>/api/orders/{id}</c>; empty where no route was found. Never the path itself.</summary>
    public required string Route { get; init; }

    /// <summary>The status that was answered; 499 where the client had gone.</summary>
    public required int Status { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From its beginning to the end of the pipeline behind the guard.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Statements that were sent: each of a batch counts.</summary>
    public required int Statements { get; init; }

    /// <summary>Round trips to the server: a batch is one.</summary>
    public required int RoundTrips { get; init; }

    /// <summary>The sum of its statements' times, from sending to the last row read. More than <see cref="Duration"/> where they ran side by side.</summary>
    public required TimeSpan DatabaseTime { get; init; }

    /// <summary>Rows that its statements read or changed; null where nothing said so.</summary>
    public long? RowsRead { get; init; }

    /// <summary>The budget of its endpoint in statements; null where it has none.</summary>
    public int? Budget { get; init; }

    /// <summary>Its spans in the order in which they began, the request's own not among them: 500 at most.</summary>
    public IReadOnlyList<RequestSpan> Spans { get; init; } = [];

    /// <summary>Spans that were left out, because there were more than are kept.</summary>
    public int SpansLeftOut { get; init; }

    /// <summary>Statements that were repeated, the most frequent first.</summary>
    public IReadOnlyList<RepeatedStatement> Repeats { get; init; } = [];

    /// <summary>What somebody should look at.</summary>
    public IReadOnlyList<QueryFinding> Findings { get; init; } = [];
}
