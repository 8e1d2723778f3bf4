using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Sends what clients really send: text for numbers and worse, one value at a time in calls that work, and reads back what was taken.</summary>
internal sealed class InputProbe : IProbe
{
    public const string ProbeName = "input";

    private static readonly Rule[] BodyRules = [InputRules.ServerError, InputRules.NamelessRefusal, InputRules.StoredOtherwise, InputRules.OutOfRange];

    public string Name => ProbeName;

    public IReadOnlyList<Rule> Rules { get; } = InputRules.All;

    public async Task RunAsync(ProbeContext context, CancellationToken ct)
    {
        var notes = new InputNotes();
        var calls = await WorkingCalls.PrepareAsync(context, each => true, ct);
        var (bodies, parameters) = (new List<BodyTrials>(), new List<ParameterTrials>());
        await using (var bench = await Bench.PrepareAsync(context, ct))
        {
            await TryAsync(context, calls, bench, notes, bodies, parameters, null, ct);
        }

        var findings = new InputFindings(context, notes);
        findings.Publish(context.Operations.All(operation => operation.Body is null || !calls.Missing.ContainsKey(operation.Key)) && bodies.All(trials => trials is { Stopped: null, IsCut: false, Count: > 0 }));
        Rest(context, calls, bodies, parameters, findings);
    }

    public async Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct)
    {
        if (InputRecipe.Read(recipe) is not { } known || context.Operations.All(operation => operation.Key != known.Operation)) return new(null, $"'{recipe}' names nothing that this API has.");
        var isAll = known.Where.Length == 0 && known.Change.Length == 0;
        if (known.Change == DeathFindings.Change)
        {
            // The survey has asked it.
            DeathFindings.Publish(context);
            var death = context.Results.All.Where(result => result.Rule == known.Rule && result.Endpoint == known.Operation).SelectMany(result => result.Findings).FirstOrDefault();
            return death is null ? new(false, "It was asked again, and the backend lives.") : new(true, death.Summary);
        }

        var notes = new InputNotes();
        var calls = await WorkingCalls.PrepareAsync(context, operation => isAll || operation.Key == known.Operation, ct);
        await using var bench = await Bench.PrepareAsync(context, ct);
        await TryAsync(context, calls, bench, notes, [], [], isAll ? null : known.Where.Length == 0 ? "/" : known.Where, ct);
        new InputFindings(context, notes).Publish(isWhole: true);
        var found = context.Results.All.Where(result => result.Rule == known.Rule).SelectMany(result => result.Findings).FirstOrDefault();
        if (found is not null) return new(true, found.Summary);
        return calls.Missing.TryGetValue(known.Operation, out var reason) ? new(null, reason) : new(false, "It was tried again, and held.");
    }

    private static async Task TryAsync(ProbeContext context, WorkingCalls calls, Bench bench, InputNotes notes, List<BodyTrials> bodies, List<ParameterTrials> parameters, string? only, CancellationToken ct)
    {
        foreach (var known in calls.All.Where(known => known.Call.Body is JsonObject && (FormChanges.IsForm(known.Call) || known.Call.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) is true)))
        {
            var trials = new BodyTrials(bench, notes, known, Showing.Of(context.Setup.Description, known.Call, known.Who));
            bodies.Add(trials);
            if (!context.Clock.IsUp) await trials.PrepareAsync(ct);
        }

        await Strangers.TryAsync(context, calls.All, bench, notes, only, ct);
        if (only is null or "/") await Always.TryAsync(context, calls, bench, notes, ct);
        for (var turn = 0; turn < 2; turn++)
            foreach (var trials in bodies) await trials.RunAsync(turn, () => context.Clock.IsUp, only, ct);
        // Once: what takes a body in is the same everywhere, and nobody's memory is to be filled.
        if (only is null or "/" && !context.Clock.IsUp && bodies.Find(trials => trials.TakesLarge) is { } large) await large.LargeAsync(ct);
        foreach (var known in calls.All)
        {
            var trials = new ParameterTrials(bench, notes, known);
            parameters.Add(trials);
            await trials.RunAsync(() => context.Clock.IsUp, only, ct);
        }

        foreach (var trials in bodies) await trials.RunAsync(2, () => context.Clock.IsUp, only, ct);
    }

    /// <summary>What held, and what could not be told.</summary>
    private static void Rest(ProbeContext context, WorkingCalls calls, List<BodyTrials> bodies, List<ParameterTrials> parameters, InputFindings findings)
    {
        foreach (var trials in bodies)
        {
            foreach (var rule in BodyRules.Where(rule => !findings.Covered.Contains((rule.Id, trials.Operation.Key))))
            {
                if (trials.Stopped is { } reason) context.Results.Inconclusive(rule, trials.Operation, reason);
                else if (trials.IsCut || (trials.Count == 0 && context.Clock.IsUp)) context.Results.Inconclusive(rule, trials.Operation, context.Clock.Reason);
                else if (rule == InputRules.StoredOtherwise && trials.Readable == 0 && trials.Fields.All(field => field.Kind is FieldKind.Secret)) context.Results.Pass(rule, trials.Operation, "It takes secrets only, which are compared and not kept as they are.");
                else if (rule == InputRules.StoredOtherwise && trials is { Readable: 0, Keeps: false }) context.Results.Pass(rule, trials.Operation, "It keeps nothing of what is sent: no row but those of sessions and the like has changed.");
                else if (rule == InputRules.StoredOtherwise && trials.Readable == 0) context.Results.Inconclusive(rule, trials.Operation, "Nothing of what is sent comes back in the answer or in a row, so nothing could be compared.");
                else context.Results.Pass(rule, trials.Operation, $"{trials.Count} changes in {trials.Fields.Count} fields.");
            }
        }

        foreach (var trials in parameters.Where(trials => trials.Count > 0 || trials.IsCut || trials.Stopped is not null))
        {
            if (trials.Stopped is { } reason) context.Results.Inconclusive(InputRules.BrokenParameter, trials.Operation, reason);
            else if (trials.IsCut) context.Results.Inconclusive(InputRules.BrokenParameter, trials.Operation, context.Clock.Reason);
            else Passed(trials);
        }

        foreach (var operation in context.Operations)
        {
            if (!calls.Missing.TryGetValue(operation.Key, out var reason)) continue;
            if (operation.Body is not null) foreach (var rule in BodyRules) context.Results.Inconclusive(rule, operation, reason);
            if (operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Path or ParameterPlace.Query)) context.Results.Inconclusive(InputRules.BrokenParameter, operation, reason);
        }

        // Where there is a body as well, what is said of it counts.
        void Passed(ParameterTrials trials)
        {
            foreach (var rule in (Rule[])[InputRules.BrokenParameter, InputRules.NamelessRefusal])
                if (!findings.Covered.Contains((rule.Id, trials.Operation.Key)) && (rule == InputRules.BrokenParameter || bodies.All(body => body.Operation != trials.Operation))) context.Results.Pass(rule, trials.Operation, $"{trials.Count} values in path and query.");
        }
    }
}
