using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing;

/// <summary>
/// Takes results as they come, and hands each on at once. One result for each rule and endpoint: findings of the same add up, and a finding outweighs a
/// pass or an inconclusive one that was told before or after it.
/// </summary>
/// <param name="written">Is told each result, and each one that has become another: the last counts.</param>
/// <param name="wants">Which rules are judged; what is said of others is dropped. Default: all.</param>
/// <param name="directory">The backend's: a source that lies there is named from there, as whoever reads the report has it. Default: as it was told.</param>
internal sealed class ProbeResults(Action<RuleResult> written, Func<Rule, bool>? wants = null, string? directory = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Rule, string Endpoint), RuleResult> _results = [];

    public IReadOnlyList<RuleResult> All
    {
        get
        {
            lock (_lock) return [.. _results.Values];
        }
    }

    public bool Has(Rule rule, string endpoint)
    {
        lock (_lock) return _results.ContainsKey((rule.Id, endpoint));
    }

    /// <summary>Something was found. One with the same id, which differs in nothing that stays, is kept once.</summary>
    public void Add(Finding finding)
    {
        if (finding.Source is { } source) finding = finding with { Source = source with { File = Within(source.File) } };
        lock (_lock)
        {
            var rule = RuleCatalogue.Get(finding.Rule);
            var before = _results.GetValueOrDefault((rule.Id, finding.Endpoint))?.Findings ?? [];
            if (before.Any(known => known.Id == finding.Id)) return;
            Put(RuleResult.Of(rule, finding.Endpoint, [.. before, finding]));
        }
    }

    /// <summary>It was tried and held.</summary>
    public void Pass(Rule rule, ApiOperation operation, string reason) => Pass(rule, operation.Key, reason);

    public void Pass(Rule rule, string endpoint, string reason) => AddWeak(RuleResult.Pass(rule, endpoint, reason));

    /// <summary>It could not be told, and why.</summary>
    public void Inconclusive(Rule rule, ApiOperation operation, string reason) => Inconclusive(rule, operation.Key, reason);

    public void Inconclusive(Rule rule, string endpoint, string reason) => AddWeak(RuleResult.Inconclusive(rule, endpoint, reason));

    private string Within(string file) =>
        directory is not null && Path.IsPathRooted(file) && Path.GetRelativePath(directory, file) is var inside && !inside.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(inside) ? inside.Replace('\\', '/') : file;

    private void AddWeak(RuleResult result)
    {
        lock (_lock)
        {
            if (!_results.TryGetValue((result.Rule, result.Endpoint), out var before) || (before.Findings.Count == 0 && before.Verdict == Verdict.Inconclusive && result.Verdict == Verdict.Pass)) Put(result);
        }
    }

    private void Put(RuleResult result)
    {
        if (wants?.Invoke(result.Definition) is false) return;
        _results[(result.Rule, result.Endpoint)] = result;
        written(result);
    }
}
