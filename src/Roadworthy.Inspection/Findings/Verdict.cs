namespace Roadworthy.Inspection.Findings;

/// <summary>What one rule says of one endpoint.</summary>
public enum Verdict
{
    /// <summary>It was tried, and held.</summary>
    Pass,

    /// <summary>It was not tried, or proves nothing; the reason says why. Never counted as held.</summary>
    Inconclusive,

    /// <summary>It is worth a look, and no fault by itself.</summary>
    Advisory,

    /// <summary>It was tried, and broke. The evidence shows it, and it can be repeated.</summary>
    Fail,
}
