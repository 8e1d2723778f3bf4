using Microsoft.Extensions.Hosting;

namespace Roadworthy.Queries.Requests;

/// <summary>What the options leave to the environment.</summary>
internal sealed class RequestModes(QueriesOptions options, IHostEnvironment environment)
{
    public QueryBudgetMode Budget { get; } = options.BudgetMode switch
    {
        QueryBudgetMode.Auto when environment.IsDevelopment() => QueryBudgetMode.Warn,
        QueryBudgetMode.Auto when environment.IsEnvironment("Test") || environment.IsEnvironment("Testing") => QueryBudgetMode.Throw,
        QueryBudgetMode.Auto => QueryBudgetMode.Record,
        var mode => mode,
    };

    public bool Throws => Budget == QueryBudgetMode.Throw;

    public bool WritesServerTiming { get; } = options.ServerTiming ?? environment.IsDevelopment();
}
