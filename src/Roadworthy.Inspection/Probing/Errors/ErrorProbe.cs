using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

internal sealed class ErrorProbe : IProbe
{
    public string Name => "errors";

    public IReadOnlyList<Rule> Rules => ErrorRules.All;

    public Task RunAsync(ProbeContext context, CancellationToken ct) => Task.CompletedTask;

    public Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct) => throw new NotSupportedException();
}
