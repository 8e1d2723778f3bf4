using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing;

/// <summary>Tries one kind of thing, and says of each of its rules and each endpoint how that went.</summary>
internal interface IProbe
{
    /// <summary>What <see cref="Finding.Recipe"/> begins with, so that a repeat finds its probe: <c>race</c>.</summary>
    string Name { get; }

    /// <summary>What it judges. Of each it owes a result for each endpoint that it could concern, a pass and a reason included.</summary>
    IReadOnlyList<Rule> Rules { get; }

    /// <summary>
    /// Begins what takes long by itself and is in nobody's way, before any probe runs: it is looked at in <see cref="RunAsync"/>. Nothing by default.
    /// </summary>
    Task BeginAsync(ProbeContext context, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// Tries. It leaves the backend running and the database with rows that the API itself could have left; what it can't leave so, it restores
    /// itself. Where <see cref="ProbeContext.Clock"/> is up, it says of the rest that time was over, and returns.
    /// </summary>
    Task RunAsync(ProbeContext context, CancellationToken ct);

    /// <summary>Does one finding's trial again. Null where the recipe is none of this probe's, or can't be done any more: the text says why.</summary>
    Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct);
}

/// <param name="IsFound">Whether it is still there; null where it could not be tried.</param>
/// <param name="Text">What was seen, in a sentence; or why it could not be tried.</param>
internal sealed record ReplayOutcome(bool? IsFound, string Text);
