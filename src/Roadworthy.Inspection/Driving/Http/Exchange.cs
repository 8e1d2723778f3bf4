using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>One request and what became of it.</summary>
internal sealed record Exchange
{
    /// <summary>The operation that was meant, or null for a request of another kind.</summary>
    public ApiOperation? Operation { get; init; }

    /// <summary>The name of who asked.</summary>
    public required string Identity { get; init; }

    public required WireRequest Request { get; init; }

    /// <summary>Null where none came: <see cref="Failure"/> says why.</summary>
    public WireResponse? Response { get; init; }

    /// <summary>Why no answer came: refused, cut off, timed out.</summary>
    public string? Failure { get; init; }

    /// <summary>False where there was no connection to send it on: nobody has read it.</summary>
    public bool WasSent { get; init; } = true;

    /// <summary>When it was sent, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts.</summary>
    public required long StartedAt { get; init; }

    /// <summary>When the last byte was there, or it was given up.</summary>
    public required long EndedAt { get; init; }

    /// <summary>What the backend wrote between the two, and shortly after; filled where somebody asked for it.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    public TimeSpan Elapsed => System.Diagnostics.Stopwatch.GetElapsedTime(StartedAt, EndedAt);

    /// <summary>The status, or 0 where no answer came.</summary>
    public int Status => Response?.Status ?? 0;

    public bool Succeeded => Response?.IsSuccess ?? false;
}
