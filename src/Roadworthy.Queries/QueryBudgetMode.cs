namespace Roadworthy.Queries;

/// <summary>What a request does that sends more statements than its endpoint's budget.</summary>
public enum QueryBudgetMode
{
    /// <summary><see cref="Warn"/> in the environment Development, <see cref="Throw"/> in Test and Testing, <see cref="Record"/> in any other.</summary>
    Auto,

    /// <summary>Is counted by the metric, marked on its span, and kept in the history.</summary>
    Record,

    /// <summary>Is logged as well.</summary>
    Warn,

    /// <summary>
    /// Fails with a <see cref="QueryBudgetExceededException"/> when it ends. Its answer is held back until then, up to 16 MB; where it has begun all the
    /// same, the connection is broken off. For tests.
    /// </summary>
    Throw,
}
