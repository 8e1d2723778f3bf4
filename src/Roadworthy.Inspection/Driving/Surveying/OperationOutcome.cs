using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>How far an operation could be driven as one identity.</summary>
internal sealed record OperationOutcome
{
    public required ApiOperation Operation { get; init; }

    /// <summary>The name of who asked.</summary>
    public required string Identity { get; init; }

    /// <summary>The best working request, or null.</summary>
    public Call? Call { get; init; }

    /// <summary>The answer to it; where none worked, the last.</summary>
    public Exchange? Exchange { get; init; }

    /// <summary>Why none worked, a sentence; null where one did.</summary>
    public string? Reason { get; init; }

    /// <summary>Kinds of things that must exist first, where that is the reason.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public int Attempts { get; init; }

    /// <summary>Answers of 500 and above on the way: a fault of its own, whatever came later.</summary>
    public IReadOnlyList<Exchange> Crashes { get; init; } = [];

    public bool Succeeded => Call is not null;

    /// <summary>Turned away for who asks rather than for what was asked.</summary>
    public bool WasTurnedAway => !Succeeded && Exchange?.Status is 401 or 403;
}
