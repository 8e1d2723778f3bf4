using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>
/// RW452: answers that show the inside. The backend was told that it is being developed with, as it would be on a developer's machine; what it shows only
/// then harms nobody, so that it is asked once more as in production before it is blamed.
/// </summary>
internal sealed class Leaks(ProbeContext context)
{
    private const int MostAsked = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly List<(Target Target, Exchange Exchange, string Situation, string Shown, bool HasStack)> _seen = [];

    public void Judge(Target target, Exchange exchange, string text, string situation)
    {
        if (exchange.Succeeded || Inside.Of(text) is not { } shown)
        {
            context.Results.Pass(ErrorRules.Leak, target.Operation, $"Its answer shows nothing of the inside {situation}.");
            return;
        }

        if (Inside.IsDeveloperPage(text)) Add(target, exchange, situation, Verdict.Advisory, $"The framework's page for developers is shown, with {shown}: see that it is not in production", "page");
        else _seen.Add((target, exchange, situation, shown, Inside.HasStack(text)));
    }

    /// <summary>Judges what was seen: by what the same failures show in production.</summary>
    public async Task ConcludeAsync(CancellationToken ct)
    {
        if (_seen.Count == 0) return;
        // One of each kind first.
        var asked = _seen.DistinctBy(each => each.Shown, StringComparer.Ordinal).Concat(_seen).Select(each => each.Target).DistinctBy(target => target.Operation.Key, StringComparer.Ordinal).Where(target => target.IsConcerned).Take(MostAsked).ToList();
        var answers = await InProductionAsync(asked, ct);
        var shownThere = answers.Where(each => each.Status >= 400).Select(each => Inside.Of(each.Response!.Text)).ToList();
        foreach (var (target, exchange, situation, shown, hasStack) in _seen)
        {
            // Whatever shows there is no matter of the mode.
            if (shownThere.Count > 0 && shownThere.TrueForAll(each => each is null))
                Add(target, exchange, situation, Verdict.Advisory, $"The answer {situation} shows {shown}, in development; in production it does not", "development");
            else if (shownThere.Count == 0 && hasStack && ProductionMode.WasTold(context))
                Add(target, exchange, situation, Verdict.Advisory, $"The answer {situation} shows {shown}, in development: see that it does not in production, where it could not be tried", "development");
            else
                Add(target, exchange, situation, Verdict.Fail, $"The answer {situation} shows {shown}", "body");
        }

        _seen.Clear();
    }

    private async Task<IReadOnlyList<Exchange>> InProductionAsync(IReadOnlyList<Target> targets, CancellationToken ct)
    {
        if (await ProductionMode.StartAsync(context, ct) is not { } instance) return [];
        try
        {
            using var client = new ApiClient(instance.Address, Limit);
            var answers = new List<Exchange>();
            foreach (var target in targets)
            {
                using var fault = context.Wire.Fail("57014", $"{ErrorFindings.Canary}: canceling statement due to statement timeout", ErrorFindings.Only(target.Shapes[^1]), times: 10);
                var exchange = await client.SendAsync(context.Setup.Driver.RequestOf(target.Call, target.Who), target.Who.Name, target.Operation, ct);
                // Whoever is not let in there has not come to what failed.
                if (exchange.Status is >= 500 or 400) answers.Add(exchange);
            }

            return answers;
        }
        finally
        {
            await context.Setup.Host!.StopAsync(instance);
        }
    }

    private void Add(Target target, Exchange exchange, string situation, Verdict verdict, string summary, string fingerprint) =>
        context.Results.Add(ErrorFindings.Of(context, ErrorRules.Leak, target, verdict, summary, fingerprint, exchange, [context.Evidence.Of($"Asked {situation}", exchange)]));
}
