namespace Roadworthy.Queries;

/// <summary>What is recorded of a request's statements, and what is done about it. Validated when the application starts.</summary>
public sealed class QueriesOptions
{
    /// <summary>Whether anything is recorded. True by default; false costs nothing at all, and budgets are not looked at.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>
    /// Whether ended requests are kept in memory, with their spans, for <see cref="RequestHistory"/>. False by default; Roadworthy.Console sets it.
    /// </summary>
    public bool KeepHistory { get; set; }
}
