namespace Roadworthy.Inspection.Findings;

/// <summary>How much it matters where it happens. Decides the order of a report, never whether something is reported.</summary>
public enum Severity
{
    /// <summary>Costs somebody an hour one day.</summary>
    Low = 1,

    /// <summary>Users notice: a refusal that they can't mend, a page that grows slow.</summary>
    Medium = 2,

    /// <summary>Users are harmed: an outage, data that is wrong, people signed out.</summary>
    High = 3,

    /// <summary>Somebody else's data is seen or changed, or money and goods are counted wrong.</summary>
    Critical = 4,
}
