namespace Roadworthy.Inspection.Findings;

/// <summary>One thing that is looked for. Its page in docs/rules says more.</summary>
/// <param name="Id">Such as <c>RW250</c>: the hazard, and 50 to 99 for what is found in a running backend.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">What is wrong, in a few words: <c>One query per row</c>.</param>
/// <param name="Fault">What happens in production, in a sentence.</param>
/// <param name="Remedy">What to do about it, in a sentence or two, for any stack.</param>
public sealed record Rule(string Id, Severity Severity, string Title, string Fault, string Remedy)
{
    /// <summary>The hazard that it belongs to.</summary>
    public Hazard Hazard => (Hazard)(Id[2] - '0');

    /// <summary>Its page, where the documentation of this version stands.</summary>
    public string HelpUri => $"{Repository.Address}/blob/main/docs/rules/{Id}.md";
}
