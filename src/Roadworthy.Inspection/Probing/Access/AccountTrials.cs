using System.Globalization;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>One's own account is changed, and the body says that it is another's: its id goes before that of the session where the two are merged.</summary>
internal sealed class AccountTrials(ProbeContext context, Bench bench, Owners owners, Identity a, Identity b)
{
    public async Task TryAsync(Call call, CancellationToken ct)
    {
        if (owners.Users is not { PrimaryKey: [var key] } users || owners.IdOf(a) is not { } own || owners.IdOf(b) is not { } others || call.Body is not JsonObject || call.Path.Count > 0) return;
        var at = Owners.At(users, users.Column(key)!);
        var control = await bench.TryAsync(call, a, ct);
        if (!control.Succeeded || control.Delta.Of(users)?.Removed.Any(row => row[at] == own) is not true) return;
        var trial = await bench.TryAsync(With(call, key, others), a, ct);
        if (!trial.Succeeded || trial.Delta.Of(users)?.Removed.Any(row => row[at] == others) is not true)
        {
            context.Results.Pass(AccessRules.OthersWritten, call.Operation, "Another's id in the body is not believed.");
            return;
        }

        context.Results.Add(new Finding
        {
            Rule = AccessRules.OthersWritten.Id,
            Endpoint = call.Operation.Key,
            Verdict = Verdict.Fail,
            Fingerprint = "account",
            Summary = $"{a.Name} changes {b.Name}'s account: {b.Name}'s id stands in the body, and goes before {a.Name}'s own",
            Evidence =
            [
                context.Evidence.Of($"{a.Name}'s request, with {b.Name}'s id", trial.Exchange),
                context.Evidence.Statements("what was asked of the database", trial.Statements),
            ],
            Commands = [context.Evidence.Curl(trial.Exchange)],
            Recipe = AccessProbe.RecipeOf(AccessRules.OthersWritten, call.Operation),
            Remedy = "Take the id from the session alone, and no more from the body than the fields that may be changed.",
        });
    }

    /// <summary>Where all of a body is within one member, it belongs there.</summary>
    private static Call With(Call call, string key, string id)
    {
        var changed = call.Copy();
        var of = changed.Body is JsonObject { Count: 1 } outer && outer.First().Value is JsonObject inner ? inner : (JsonObject)changed.Body!;
        of[key] = long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(id);
        return changed;
    }
}
