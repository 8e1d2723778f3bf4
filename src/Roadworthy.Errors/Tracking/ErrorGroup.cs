namespace Roadworthy.Errors.Tracking;

/// <summary>Errors that are the same one: of one fingerprint.</summary>
public sealed record ErrorGroup
{
    /// <summary>The fingerprint itself: the same on every instance and after every rebuild that leaves the code around the error alone.</summary>
    public required Guid Id { get; init; }

    /// <summary>The type of the exception that caused it, such as <c>Npgsql.PostgresException</c>; of a record without one, the logger's category.</summary>
    public required string Type { get; init; }

    /// <summary>The latest message, masked; at most 1,024 characters.</summary>
    public required string Message { get; init; }

    /// <summary>The top frame of one's own code, such as <c>PlaceOrder.cs:41 in Shop.PlaceOrder.Handle</c>; empty where there is none.</summary>
    public required string Culprit { get; init; }

    /// <summary>The latest route, such as <c>POST /api/orders</c>; null outside of a request.</summary>
    public string? Route { get; init; }

    /// <summary>What people have made of it.</summary>
    public required ErrorGroupStatus Status { get; init; }

    /// <summary>How often it was seen, those included whose rows are gone.</summary>
    public required long Count { get; init; }

    /// <summary>When it was seen first.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was seen last.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The release that it was seen in first.</summary>
    public required string FirstRelease { get; init; }

    /// <summary>The release that it was seen in last.</summary>
    public required string LastRelease { get; init; }

    /// <summary>When it came back after it had been resolved; null where it never did.</summary>
    public DateTimeOffset? RegressedAt { get; init; }

    /// <summary>When it was resolved last; null where it never was.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When somebody resolved, ignored or reopened it last; null where nobody did.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who that was; null where nobody was known.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>How often it was seen in each of the last 24 hours, the current one last: of clock hours, in UTC.</summary>
    public required IReadOnlyList<long> Hours { get; init; }
}

/// <summary>What people have made of a group.</summary>
public enum ErrorGroupStatus
{
    /// <summary>To be looked at: new, reopened, or come back.</summary>
    Open,

    /// <summary>Mended. Seen again, it is a regression, and open.</summary>
    Resolved,

    /// <summary>Counted, and otherwise left alone.</summary>
    Ignored,
}
