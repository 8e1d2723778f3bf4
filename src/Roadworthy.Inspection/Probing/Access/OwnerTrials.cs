using System.Globalization;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>Makes things in another's name: the body says that they are the other's.</summary>
internal sealed class OwnerTrials(ProbeContext context, Bench bench, Owners owners, Identity a, Identity b)
{
    public async Task TryAsync(Call call, CancellationToken ct)
    {
        var operation = call.Operation;
        if (call.Body is null)
        {
            context.Results.Pass(AccessRules.ClientSaysOwner, operation, "It has no body that could say it.");
            return;
        }

        if (owners.IdOf(a) is not { } own || owners.IdOf(b) is not { } others || call.Body is not JsonObject)
        {
            context.Results.Inconclusive(AccessRules.ClientSaysOwner, operation, call.Body is JsonObject ? "The rows of the two users were not found." : "Its body is no JSON object.");
            return;
        }

        var control = await bench.TryAsync(call, a, ct);
        if (!control.Succeeded)
        {
            context.Results.Inconclusive(AccessRules.ClientSaysOwner, operation, $"The call that nothing is changed in does not work: it answers {control.Status}{Success.Quote(control.Exchange)}");
            return;
        }

        var columns = control.Delta.Tables.Where(delta => delta.Table.Quoted != owners.Users?.Quoted)
            .SelectMany(delta => owners.ColumnsOf(delta.Table).Where(column => Owners.IsOwnersName(column) && Added(control, delta.Table, column).Contains(own, StringComparer.Ordinal)).Select(column => (delta.Table, Column: column))).ToList();
        if (columns.Count == 0)
        {
            context.Results.Pass(AccessRules.ClientSaysOwner, operation, "What it makes belongs to no user.");
            return;
        }

        var names = columns.SelectMany(each => Spellings(each.Column.Name)).Distinct(StringComparer.Ordinal).ToList();
        var trial = await bench.TryAsync(With(call, names, others), a, ct);
        // Whoever refuses what is not described may still take one of them.
        foreach (var name in names)
            if (trial.Status is 400 or 422) trial = await bench.TryAsync(With(call, [name], others), a, ct);
        var taken = columns.FirstOrDefault(each => trial.Succeeded && Added(trial, each.Table, each.Column).Contains(others, StringComparer.Ordinal));
        if (taken.Column is null)
        {
            context.Results.Pass(AccessRules.ClientSaysOwner, operation, trial.Succeeded ? "An owner in the body is ignored." : $"An owner in the body is refused with {trial.Status}.");
            return;
        }

        context.Results.Add(new Finding
        {
            Rule = AccessRules.ClientSaysOwner.Id,
            Endpoint = operation.Key,
            Verdict = IsToBeChosen(call, taken.Column.Name) ? Verdict.Advisory : Verdict.Fail,
            Fingerprint = taken.Column.Name,
            Summary = $"{a.Name} says that it is {b.Name}'s, and is believed: {taken.Table}.{taken.Column.Name} has {b.Name}'s id",
            Evidence =
            [
                context.Evidence.Of($"{a.Name}'s request, with {b.Name}'s id", trial.Exchange),
                new ComparisonEvidence($"{taken.Table}.{taken.Column.Name}", [$"{a.Name}'s id"], [$"{b.Name}'s id"]),
                context.Evidence.Statements("what was asked of the database", trial.Statements),
            ],
            Commands = [context.Evidence.Curl(trial.Exchange)],
            Recipe = AccessProbe.RecipeOf(AccessRules.ClientSaysOwner, operation),
        });
    }

    /// <summary>Whether the body that works refers to somebody there already: then the client may be meant to.</summary>
    public static bool IsToBeChosen(Call call, string column)
    {
        var names = Spellings(column).ToList();
        return call.Bindings.Any(binding => binding.Where.StartsWith('/') && names.Contains(binding.Where[(binding.Where.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase));
    }

    private static Call With(Call call, IEnumerable<string> names, string owner)
    {
        var changed = call.Copy();
        foreach (var name in names) changed.Body![name] = long.TryParse(owner, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(owner);
        return changed;
    }

    private static IEnumerable<string?> Added(Trial trial, Table table, Column column) => trial.Delta.Of(table)?.Added.Select(row => row[Owners.At(table, column)]) ?? [];

    /// <summary>As a body may call a column: <c>user_id</c>, <c>userId</c>.</summary>
    private static IEnumerable<string> Spellings(string column)
    {
        var words = Names.Words(column);
        yield return string.Concat(words.Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        yield return string.Join('_', words);
        if (words.Count > 1 && words[^1] is "id") yield return string.Concat(words.SkipLast(1).Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
