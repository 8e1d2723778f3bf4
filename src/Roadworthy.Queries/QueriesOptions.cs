namespace Roadworthy.Queries;

/// <summary>What is recorded of a request's statements, and what is done about it. Validated when the application starts.</summary>
public sealed class QueriesOptions
{
    /// <summary>Whether anything is recorded. True by default; false costs nothing at all, and budgets are not looked at.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>
    /// In how many round trips of one request a statement comes, with different values, until it is an N+1: 2 to 1,000, 5 by default. The same number makes
    /// a statement that comes with the same values a repeated one.
    /// </summary>
    public int RepeatThreshold { get; set; } = 5;

    /// <summary>
    /// From what time on a statement is slow, from its sending to its last row: 1 millisecond to 1 hour, 1 second by default. Zero: none is.
    /// </summary>
    public TimeSpan SlowStatement { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What a request does that exceeds the budget of its endpoint (<c>WithQueryBudget</c>). By the environment's name by default.</summary>
    public QueryBudgetMode BudgetMode { get; set; }

    /// <summary>
    /// Whether answers have a <c>Server-Timing</c> header with the number of statements and their time. It tells whoever asks what the database does. By
    /// default in the environment Development only.
    /// </summary>
    public bool? ServerTiming { get; set; }

    /// <summary>
    /// Whether ended requests are kept in memory, with their spans, for <see cref="RequestHistory"/>. False by default; Roadworthy.Console sets it.
    /// </summary>
    public bool KeepHistory { get; set; }
}
