namespace Roadworthy.Errors.Tracking;

/// <summary>One time that an error was seen.</summary>
public sealed record ErrorEvent
{
    /// <summary>Of this occurrence; sorts by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The trace that it belongs to: the <c>traceId</c> of the problem that the client got.</summary>
    public string? TraceId { get; init; }

    /// <summary>ASP.NET Core's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The request's method.</summary>
    public string? Method { get; init; }

    /// <summary>The route's pattern, such as <c>/orders/{id}</c>.</summary>
    public string? Route { get; init; }

    /// <summary>Whose request it was.</summary>
    public string? UserId { get; init; }

    /// <summary>The release that was running.</summary>
    public required string Release { get; init; }

    /// <summary>The process that saw it.</summary>
    public required string Instance { get; init; }

    /// <summary>The whole log record as JSON, masked; null where it is no longer kept, or not asked for.</summary>
    public string? Record { get; init; }
}
