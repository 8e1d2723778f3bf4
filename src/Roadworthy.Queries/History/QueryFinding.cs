namespace Roadworthy.Queries;

/// <summary>Something in a request that somebody should look at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The same in words, with the figures. Holds SQL, which is not trusted: escape it where it is shown.</param>
public sealed record QueryFinding(QueryFindingKind Kind, string Text);

/// <summary>What a request can be found to do.</summary>
public enum QueryFindingKind
{
    /// <summary>The same statement with different values, again and again: one for each row of another.</summary>
    NPlusOne,

    /// <summary>The same statement with the same values, or with values that are not known.</summary>
    RepeatedStatement,

    /// <summary>More statements than the endpoint's budget.</summary>
    BudgetExceeded,

    /// <summary>A GET or HEAD that writes.</summary>
    WriteInGet,

    /// <summary>A statement that took longer than its limit.</summary>
    SlowStatement,

    /// <summary>Many more rows were read than items were returned.</summary>
    RowsOverread,

    /// <summary>A connection or a transaction was left open.</summary>
    LeftOpen,
}
