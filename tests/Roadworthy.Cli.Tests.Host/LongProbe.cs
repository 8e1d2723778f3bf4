using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;

namespace Roadworthy.Cli.Tests.Host;

/// <summary>Goes on until it is stopped, where the variable says so: for tests that stop it.</summary>
internal sealed class LongProbe : IProbe
{
    public const string Variable = "ROADWORTHY_TEST_GOES_ON";

    public string Name => "long";

    public IReadOnlyList<Rule> Rules { get; } = [AccessRules.OthersRead];

    public async Task RunAsync(ProbeContext context, CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null) await Task.Delay(Timeout.Infinite, ct);
        context.Results.Pass(AccessRules.OthersRead, RuleResult.Everywhere, "Nobody was there to look.");
    }

    public Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct) => Task.FromResult(new ReplayOutcome(null, "It can't be repeated."));
}
