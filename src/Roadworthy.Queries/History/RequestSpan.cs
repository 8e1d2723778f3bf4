namespace Roadworthy.Queries;

/// <summary>A part of a request: a round trip to the database, a call of an HTTP client, or what the application itself traces.</summary>
public sealed record RequestSpan
{
    /// <summary>What its source calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The ActivitySource, such as <c>Npgsql</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it began, from the beginning of the request.</summary>
    public required TimeSpan Offset { get; init; }

    /// <summary>How long it took. Zero where it had not ended with the request.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The place of its parent in <see cref="RequestTrace.Spans"/>; -1 where that is the request itself.</summary>
    public int ParentIndex { get; init; } = -1;

    /// <summary>How many parents it has below the request: 0 for the outermost.</summary>
    public int Depth { get; init; }

    /// <summary>How many statements it sent; 0 where it is none of a database.</summary>
    public int Statements { get; init; }

    /// <summary>Its SQL with <c>?</c> in place of every literal and parameter, those of a batch one to a line, 4,000 characters at most; null where it is none of a database.</summary>
    public string? Sql { get; init; }

    /// <summary>The fingerprint of its SQL: the same for statements that differ in values only.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Rows read or changed, where known.</summary>
    public long? Rows { get; init; }

    /// <summary>Whether it ended in an error.</summary>
    public bool Failed { get; init; }

    /// <summary>PostgreSQL's error code, such as <c>23505</c>, where it failed there.</summary>
    public string? SqlState { get; init; }
}
