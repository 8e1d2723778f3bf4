using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;

namespace Roadworthy.Cli.Tests.Host;

/// <summary>Asks each GET once, and takes an answer that holds the word "broken" for a finding, with all that the backend said in its evidence.</summary>
internal sealed class QuickProbe : IProbe
{
    public string Name => "quick";

    public IReadOnlyList<Rule> Rules { get; } = [InputRules.ServerError];

    public async Task RunAsync(ProbeContext context, CancellationToken ct)
    {
        foreach (var operation in context.Operations.Where(operation => operation.Method == "GET"))
        {
            if (await context.Setup.SendAsync(operation, context.Setup.Anonymous, ct) is not { } exchange)
            {
                context.Results.Inconclusive(InputRules.ServerError, operation, "Nothing works.");
            }
            else if (exchange.Response?.Text.Contains("broken", StringComparison.Ordinal) is true)
            {
                context.Results.Add(new Finding
                {
                    Rule = InputRules.ServerError.Id,
                    Endpoint = operation.Key,
                    Verdict = Verdict.Fail,
                    Fingerprint = "broken",
                    Recipe = $"quick {operation.Key}",
                    Summary = $"It says: {context.Scrubber.Scrub(exchange.Response.Text)}",
                    Evidence = [context.Evidence.Of("The request", exchange), context.Evidence.Log("Its output", exchange)],
                    Commands = [context.Evidence.Curl(exchange)],
                });
            }
            else
            {
                context.Results.Pass(InputRules.ServerError, operation, "It does not say that it is broken.");
            }
        }
    }

    public async Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct)
    {
        var operation = context.Setup.Description.Operations.FirstOrDefault(operation => $"quick {operation.Key}" == recipe);
        if (operation is null || await context.Setup.SendAsync(operation, context.Setup.Anonymous, ct) is not { Response: { } response }) return new ReplayOutcome(null, "It does not answer any more.");
        return response.Text.Contains("broken", StringComparison.Ordinal) ? new ReplayOutcome(true, "It says so still.") : new ReplayOutcome(false, "It says so no more.");
    }
}
