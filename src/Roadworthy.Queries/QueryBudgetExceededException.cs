namespace Roadworthy.Queries;

/// <summary>A request sent more statements than its endpoint's budget. The message lists them.</summary>
public sealed class QueryBudgetExceededException : Exception
{
    /// <summary>Makes one without figures.</summary>
    public QueryBudgetExceededException()
    {
    }

    /// <summary>Makes one without figures.</summary>
    public QueryBudgetExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one without figures.</summary>
    public QueryBudgetExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal QueryBudgetExceededException(string route, int budget, int statements, string list)
        : base($"{route} sent {statements} statements; its budget is {budget}. Send fewer, or change the number in WithQueryBudget.{Environment.NewLine}{list}")
    {
        (Route, Budget, Statements) = (route, budget, statements);
    }

    /// <summary>The method and the pattern of the route.</summary>
    public string Route { get; } = "";

    /// <summary>How many statements it may send.</summary>
    public int Budget { get; }

    /// <summary>How many it sent.</summary>
    public int Statements { get; }
}
