using System.Text.Json;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Puts what the trials have seen together: what has one cause is one finding, whatever the number of values and places.</summary>
internal sealed class InputFindings(ProbeContext context, InputNotes notes)
{
    private const int EverywhereFrom = 3;
    private const int MostPlaces = 60;

    /// <summary>Endpoints whose fault is told as one of the whole backend, by rule.</summary>
    public HashSet<(string Rule, string Endpoint)> Covered { get; } = [];

    private EvidenceMaker Evidence => context.Evidence;

    /// <param name="isWhole">Whether every body of the API was tried.</param>
    public void Publish(bool isWhole)
    {
        Crashes();
        if (notes.Unexplained.Count > 0) Unexplained();
        Nameless();
        new TextFindings(context, notes).Publish(isWhole);
        foreach (var group in notes.Stored.GroupBy(stored => (stored.Operation.Key, stored.Cause))) Kept(InputRules.StoredOtherwise, [.. group]);
        foreach (var group in notes.Forbidden.GroupBy(stored => (stored.Operation.Key, stored.Cause, stored.IsSure))) Kept(InputRules.OutOfRange, [.. group]);
    }

    private void Crashes()
    {
        // What breaks in the reading of any body, or of any address, is one fault, before all endpoints.
        var bodies = notes.Crashes.Where(crash => crash is { IsParameter: false, Where: "" }).GroupBy(crash => crash.BodyCause, StringComparer.Ordinal);
        var addresses = notes.Crashes.Where(crash => crash.IsUndecodable && !notes.Crashes.Any(crash.IsLike)).GroupBy(_ => "address", StringComparer.Ordinal);
        var everywhere = bodies.Concat(addresses).Select(group => (Cause: group.Key, All: group.ToList())).Where(group => Endpoints(group.All.Select(crash => crash.Operation)).Count >= EverywhereFrom).ToList();
        foreach (var (cause, all) in everywhere)
        {
            var rule = all[0].IsParameter ? InputRules.BrokenParameter : InputRules.ServerError;
            var what = all[0].IsParameter ? "an address that can't be decoded" : all[0].Change.Said;
            var others = all.Select(crash => crash.Change.Said).Distinct(StringComparer.Ordinal).Count() - 1;
            foreach (var crash in all) Covered.Add((rule.Id, crash.Operation.Key));
            Crash(rule, RuleResult.Everywhere, $"{what}{(others > 0 && !all[0].IsParameter ? $", and {others} more" : "")}: {Answer(all[0].Trial)} at {Endpoints(all.Select(crash => crash.Operation)).Count} endpoints", all, cause);
        }

        foreach (var group in notes.Crashes.Except(everywhere.SelectMany(group => group.All)).GroupBy(crash => (crash.Operation.Key, crash.IsParameter, crash.Signature)))
        {
            var all = group.ToList();
            var more = all.Count > 1 ? $", and {all.Count - 1} more" : "";
            Crash(group.Key.IsParameter ? InputRules.BrokenParameter : InputRules.ServerError, group.Key.Key, $"{Text(all[0])}{more}: {Answer(all[0].Trial)}", all, group.Key.Signature);
        }
    }

    private void Crash(Rule rule, string endpoint, string summary, List<Crash> all, string fingerprint)
    {
        if (all.TrueForAll(crash => crash.IsMinor)) return;
        var first = all.FirstOrDefault(crash => crash.Trial.Exchange.Log.Count > 0) ?? all[0];
        var evidence = new List<Evidence> { Evidence.Of("the request that does it", first.Trial.Exchange), Evidence.Log("what the backend wrote", first.Trial.Exchange) };
        var failed = first.Trial.Statements.Where(record => !record.Error.IsNone).ToList();
        if (failed.Count > 0) evidence.Add(Evidence.Statements("what the database refused", failed, _ => $"SQLSTATE {failed[0].Error}"));
        if (all.Count > 1) evidence.Add(Places("every value that did it", all.Select(crash => endpoint == RuleResult.Everywhere ? $"{crash.Operation.Key}: {crash.Change.Said}" : Text(crash))));
        Add(new Finding
        {
            Rule = rule.Id,
            Endpoint = endpoint,
            Verdict = all.Any(crash => crash.IsSure) ? Verdict.Fail : Verdict.Advisory,
            Summary = summary,
            Fingerprint = fingerprint,
            Evidence = evidence,
            Commands = [Evidence.Curl(first.Trial.Exchange)],
            Recipe = InputRecipe.Of(rule, first.Operation, first.Where, first.Change.Id == "value" ? first.Change.Raw! : first.Change.Id),
            Source = first.Mark.Source,
        });
    }

    /// <summary>What ends the process long after its answer can't be told from here: that it ended is told.</summary>
    private void Unexplained()
    {
        var (operation, trial) = notes.Unexplained.Find(each => each.Trial.Exchange.Log.Count > 0) is { Trial: not null } telling ? telling : notes.Unexplained[0];
        Add(new Finding
        {
            Rule = InputRules.ServerError.Id,
            Endpoint = RuleResult.Everywhere,
            Verdict = Verdict.Advisory,
            Summary = $"the backend's process ended {(notes.Unexplained.Count == 1 ? "once" : $"{notes.Unexplained.Count} times")} while input was tried, of nothing that could be asked again: the cause is more than {RecentTrials.Most} requests before it, or a timer",
            Fingerprint = "unexplained",
            Evidence = [Evidence.Of("the request that it no longer answered", trial.Exchange), Evidence.Log("what the backend wrote", trial.Exchange), Places("where it was noticed", notes.Unexplained.Select(each => each.Operation.Key))],
            Commands = [Evidence.Curl(trial.Exchange)],
            Recipe = InputRecipe.Of(InputRules.ServerError, operation, "", ""),
            Source = CrashMark.Of(trial.Exchange.Log).Source,
        });
    }

    private void Nameless()
    {
        var everywhere = notes.Nameless.GroupBy(refusal => (refusal.IsParameter, refusal.Words)).Where(group => Endpoints(group.Select(refusal => refusal.Operation)).Count >= EverywhereFrom).ToList();
        foreach (var group in everywhere)
        {
            foreach (var refusal in group) Covered.Add((InputRules.NamelessRefusal.Id, refusal.Operation.Key));
            Nameless(RuleResult.Everywhere, [.. group], group.Key.Words);
        }

        foreach (var group in notes.Nameless.Except(everywhere.SelectMany(group => group)).GroupBy(refusal => (refusal.Operation.Key, refusal.IsParameter))) Nameless(group.Key.Key, [.. group], "nameless");
    }

    private void Nameless(string endpoint, List<Refusal> all, string fingerprint)
    {
        var first = all[0];
        var said = ParameterNaming.IsSilent(first.Trial.Exchange.Response!) ? "an empty body" : $"\"{Short(first.Trial.Exchange.Response!.Text)}\"";
        var names = first.IsParameter ? "says neither which value was wrong nor why" : "names no field";
        var count = endpoint == RuleResult.Everywhere ? $" The same at {Endpoints(all.Select(each => each.Operation)).Count} endpoints." : all.Count > 1 ? $" So are {all.Count - 1} more." : "";
        Add(new Finding
        {
            Rule = InputRules.NamelessRefusal.Id,
            Endpoint = endpoint,
            Verdict = Verdict.Fail,
            Fingerprint = first.IsParameter ? "parameter " + fingerprint : fingerprint,
            Summary = context.Scrubber.Scrub($"{first.Text} is refused with {first.Trial.Status} and {said}, which {names}.{count}"),
            Evidence = [Evidence.Of("the refusal", first.Trial.Exchange), Places("every value that is refused so", endpoint == RuleResult.Everywhere ? ByEndpoint(all) : all.Select(each => $"{each.Operation.Key} {each.Shown}: {each.Change.Said}"))],
            Commands = [Evidence.Curl(first.Trial.Exchange)],
            Recipe = InputRecipe.Of(InputRules.NamelessRefusal, first.Operation, first.Where, first.IsParameter ? first.Change.Raw! : first.Change.Id),
        });
    }

    private void Kept(Rule rule, List<Stored> all)
    {
        var first = all[0];
        var names = string.Join(", ", all.Select(each => each.Field.Shown).Distinct(StringComparer.Ordinal).Take(5));
        var back = first.Back is null ? "nothing" : $"\"{Short(first.Back)}\"";
        var summary = rule == InputRules.StoredOtherwise
            ? $"{names}: {first.Change.Said} is taken, and {first.Where} has {back}"
            : $"{names}: {first.Change.Said} is taken though the description forbids it, and {first.Where} has {back}";
        Add(new Finding
        {
            Rule = rule.Id,
            Endpoint = first.Operation.Key,
            Verdict = first.IsSure ? Verdict.Fail : Verdict.Advisory,
            Summary = context.Scrubber.Scrub(summary),
            Fingerprint = first.Cause + (first.IsSure ? "" : " advisory"),
            Evidence =
            [
                Evidence.Of("the request that is answered with success", first.Trial.Exchange),
                new ComparisonEvidence(
                    "sent, and read back", [.. all.Select(each => context.Scrubber.Scrub($"{each.Field.Shown}: {Short(each.Change.Raw ?? "(left out)")}"))],
                    [.. all.Select(each => context.Scrubber.Scrub($"{each.Field.Shown}: {(each.Back is null ? "null" : JsonSerializer.Serialize(Short(each.Back)))} in {each.Where}"))]),
            ],
            Commands = [Evidence.Curl(first.Trial.Exchange)],
            Recipe = InputRecipe.Of(rule, first.Operation, first.Field.Pointer, first.Change.Id),
        });
    }

    private void Add(Finding finding) => context.Results.Add(finding);

    private PlacesEvidence Places(string caption, IEnumerable<string> places)
    {
        var all = places.Select(context.Scrubber.Scrub).Distinct(StringComparer.Ordinal).ToList();
        return new(caption, all.Count <= MostPlaces ? all : [.. all.Take(MostPlaces), $"and {all.Count - MostPlaces} more"]);
    }

    private static IEnumerable<string> ByEndpoint(List<Refusal> all) =>
        all.GroupBy(each => each.Operation.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {string.Join(", ", group.Select(each => each.Shown).Distinct(StringComparer.Ordinal))}");

    private static List<string> Endpoints(IEnumerable<ApiOperation> operations) => [.. operations.Select(operation => operation.Key).Distinct(StringComparer.Ordinal)];

    private static string Text(Crash crash) => crash.IsParameter ? $"{crash.Where[(crash.Where.IndexOf(':', StringComparison.Ordinal) + 1)..]} = {crash.Change.Said}"
        : crash.Where.Length == 0 ? crash.Change.Said : $"{Shown(crash.Where)} as {crash.Change.Said}";

    private static string Shown(string pointer) => pointer.TrimStart('/').Replace("/0/", "[0].", StringComparison.Ordinal).Replace('/', '.');

    private static string Answer(Trial trial) => trial.Died ? "the backend's process ends" : trial.Status == 0 ? "no answer comes" : $"answers {trial.Status}{(trial.SqlState.Length > 0 ? $" (SQLSTATE {trial.SqlState})" : "")}";

    private static string Short(string text) => text.Length > 120 ? text[..120] + "..." : text;
}
