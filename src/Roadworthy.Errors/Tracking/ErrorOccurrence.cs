namespace Roadworthy.Errors.Tracking;

/// <summary>An error as it was just recorded: every text in it is masked already.</summary>
public sealed record ErrorOccurrence
{
    /// <summary>Of this occurrence; a UUID of version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The fingerprint: the group that it belongs to.</summary>
    public required Guid Group { get; init; }

    /// <summary>As <see cref="ErrorGroup.Type"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The message of the exception that caused it, else of the record; at most 1,024 characters.</summary>
    public required string Message { get; init; }

    /// <summary>As <see cref="ErrorGroup.Culprit"/>.</summary>
    public required string Culprit { get; init; }

    /// <summary>Error or Critical.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The logger's name.</summary>
    public required string Category { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The trace that it belongs to.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span that it belongs to.</summary>
    public string? SpanId { get; init; }

    /// <summary>ASP.NET Core's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The request's method.</summary>
    public string? Method { get; init; }

    /// <summary>The route's pattern.</summary>
    public string? Route { get; init; }

    /// <summary>Whose request it was.</summary>
    public string? UserId { get; init; }

    /// <summary>What is running.</summary>
    public required string Release { get; init; }

    /// <summary>Which process.</summary>
    public required string Instance { get; init; }

    /// <summary>The log record as UTF-8 JSON, without a line feed.</summary>
    public required ReadOnlyMemory<byte> Record { get; init; }
}
