namespace Roadworthy.Inspection.Findings;

/// <summary>Something that broke, or is worth a look: where, what was seen, how to see it again, and what to do.</summary>
public sealed record Finding
{
    /// <summary>What <c>roadworthy replay</c> takes: the same for the same finding in every run.</summary>
    public string Id => FindingId.Of(Rule, Endpoint, Fingerprint);

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>Method and path as the API describes it, such as <c>GET /api/orders/{id}</c>; of two, the one that is to be mended.</summary>
    public required string Endpoint { get; init; }

    /// <summary><see cref="Verdict.Fail"/> or <see cref="Verdict.Advisory"/>.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What happens, in one sentence with its figures: <c>51 statements for 50 users: one more for each</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>
    /// What tells it from another finding of the same rule at the same endpoint: a statement's fingerprint, an exception's type and top frame, a field.
    /// Holds nothing that changes from run to run.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>What was seen. At least one.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Commands that show it again, as far as a shell can: one a line.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>What <c>roadworthy replay</c> needs to do it again, for the probe that found it; null where it can't be repeated.</summary>
    public string? Recipe { get; init; }

    /// <summary>The backend's source that it happens in, where its output told; null where it did not.</summary>
    public SourceLocation? Source { get; init; }

    /// <summary>What to do here; null for what the rule says.</summary>
    public string? Remedy { get; init; }
}

/// <param name="File">As the backend's output, or the API's description, names it.</param>
/// <param name="Line">From 1 on.</param>
public sealed record SourceLocation(string File, int Line);
