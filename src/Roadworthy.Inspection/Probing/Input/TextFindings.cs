using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Whether text is taken for numbers and for flags: a thing of the whole API, and one finding.</summary>
internal sealed class TextFindings(ProbeContext context, InputNotes notes)
{
    /// <param name="isWhole">Whether every body of the API was tried.</param>
    public void Publish(bool isWhole)
    {
        var kinds = ((bool IsFlag, string Name)[])[(false, "numbers"), (true, "flags")];
        var mixed = kinds.Where(kind => Taken(kind.IsFlag).Count > 0 && Refused(kind.IsFlag).Count > 0).ToList();
        var strict = kinds.Where(kind => Taken(kind.IsFlag).Count == 0 && Refused(kind.IsFlag).Count > 0).ToList();
        Tell(InputRules.Inconsistent, Verdict.Fail, mixed, places => $"{string.Join(" and ", mixed.Select(kind => kind.Name))} as text are refused at {places} of {places + mixed.Sum(kind => Taken(kind.IsFlag).Count)} places, and taken at the others");
        // Strict everywhere may be meant so.
        Tell(InputRules.TextForNumber, Verdict.Advisory, strict, places => $"{string.Join(" and ", strict.Select(kind => kind.Name))} as text are refused at all {places} places");
        var tried = notes.Taken.Count + notes.Refused.Count;
        foreach (var rule in (Rule[])[InputRules.Inconsistent, InputRules.TextForNumber])
        {
            if (tried == 0 && isWhole) context.Results.Pass(rule, RuleResult.Everywhere, "No body has a number or a flag.");
            else if (tried == 0) context.Results.Inconclusive(rule, RuleResult.Everywhere, "No number and no flag in a body could be tried as text.");
            else context.Results.Pass(rule, RuleResult.Everywhere, notes.Refused.Count == 0 ? $"All {tried} numbers and flags are taken as text." : rule == InputRules.Inconsistent ? "Each kind of value is refused as text everywhere, or taken everywhere." : "Some places take text.");
        }
    }

    private List<Place> Taken(bool isFlag) => [.. notes.Taken.Where(place => place.IsFlag == isFlag && !notes.Stored.Any(stored => stored.Operation.Key == place.Operation.Key && stored.Field.Pointer == place.Field.Pointer)).DistinctBy(place => place.Text, StringComparer.Ordinal)];

    private List<Place> Refused(bool isFlag) => [.. notes.Refused.Where(place => place.IsFlag == isFlag).DistinctBy(place => place.Text, StringComparer.Ordinal)];

    private void Tell(Rule rule, Verdict verdict, List<(bool IsFlag, string Name)> kinds, Func<int, string> summary)
    {
        if (kinds.Count == 0) return;
        var refused = kinds.SelectMany(kind => Refused(kind.IsFlag)).ToList();
        var taken = kinds.SelectMany(kind => Taken(kind.IsFlag)).ToList();
        var evidence = new List<Evidence>
        {
            context.Evidence.Of("text that is refused", refused[0].Trial.Exchange),
            new PlacesEvidence($"refused as text: {refused.Count}", [.. refused.Select(place => place.Text).Order(StringComparer.Ordinal)]),
        };
        if (taken.Count > 0) evidence.AddRange([context.Evidence.Of("text that is taken", taken[0].Trial.Exchange), new PlacesEvidence($"taken as text: {taken.Count}", [.. taken.Select(place => place.Text).Order(StringComparer.Ordinal)])]);
        context.Results.Add(new Finding
        {
            Rule = rule.Id,
            Endpoint = RuleResult.Everywhere,
            Verdict = verdict,
            Summary = summary(refused.Count),
            Fingerprint = string.Join(" ", kinds.Select(kind => kind.Name)),
            Evidence = evidence,
            Commands = [context.Evidence.Curl(refused[0].Trial.Exchange), .. taken.Take(1).Select(place => context.Evidence.Curl(place.Trial.Exchange))],
            Recipe = InputRecipe.Of(rule, refused[0].Operation, "", ""),
        });
    }
}
