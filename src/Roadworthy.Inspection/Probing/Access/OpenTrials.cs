using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>What answers without signing in, though its neighbours do not.</summary>
internal sealed partial class OpenTrials(ProbeContext context, Bench bench, Owners owners)
{
    public async Task TryAsync(Call call, CancellationToken ct)
    {
        var operation = call.Operation;
        if (Entrance().IsMatch(operation.Path))
        {
            context.Results.Pass(AccessRules.Anonymous, operation, "It is a way in, or meant for machines: open by its nature.");
            return;
        }

        var trial = await bench.TryAsync(call, context.Setup.Anonymous, ct);
        if (!trial.Succeeded)
        {
            context.Results.Pass(AccessRules.Anonymous, operation, $"Who is not signed in is answered {trial.Status}.");
            return;
        }

        var closed = Neighbours(operation).Where(each => context.Setup.Survey.Of(each, context.Setup.Anonymous)?.Exchange is { } asked && Gate.IsTurnedAway(asked)).ToList();
        var told = Describes(operation);
        if (operation.IsSafe) await ReadAsync(call, trial, closed, told, ct);
        else Written(operation, trial, closed, told);
    }

    private async Task ReadAsync(Call call, Trial trial, List<ApiOperation> closed, bool told, CancellationToken ct)
    {
        var operation = call.Operation;
        var text = trial.Exchange.Response!.Text;
        var shown = context.Setup.Users.Select(user => user.Credentials.GetValueOrDefault("email")).OfType<string>().FirstOrDefault(email => text.Contains(email, StringComparison.OrdinalIgnoreCase));
        var tables = trial.Statements.SelectMany(record => record.Shape.Reads).Distinct(StringComparer.Ordinal).ToList();
        var isOwned = bench.Catalogue.Tables.Any(table => tables.Contains(table.Name, StringComparer.Ordinal) && owners.ColumnsOf(table).Any(Owners.IsOwning));
        // A list that is closed and a thing that is open, or the other way round.
        var same = closed.FirstOrDefault(each => each.Method == "GET" && IsSameThing(each.Path, operation.Path));
        if (shown is not null && (closed.Count > 0 || told)) Add(operation, trial, told || OfUsers().IsMatch(operation.Path) ? Verdict.Fail : Verdict.Advisory, "shows a user's address", closed, told);
        else if (told && isOwned) Add(operation, trial, same is not null || await IsPersonalAsync(call, ct) ? Verdict.Fail : Verdict.Advisory, "shows what belongs to users", closed, told);
        else if (same is not null && isOwned) Add(operation, trial, Verdict.Advisory, $"shows what {same.Key} keeps closed", closed, told);
        else context.Results.Pass(AccessRules.Anonymous, operation, "It is open, and shows nothing that is kept closed elsewhere.");
    }

    /// <summary>
    /// Whether each user is shown other things. Where all see the same, the description may ask for a proof that is only taken where there is one: many
    /// frameworks have no other words for it.
    /// </summary>
    private async Task<bool> IsPersonalAsync(Call call, CancellationToken ct)
    {
        var seen = new List<HashSet<string>>();
        foreach (var user in context.Setup.Users.Take(2))
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            if (await bench.TryAsync(call, user, ct) is { Succeeded: true } answered) Visibility.Collect(answered.Exchange.Response!.Json, ids, 0);
            seen.Add(ids);
        }

        return seen is [{ Count: > 0 } one, { Count: > 0 } other] && !one.Overlaps(other);
    }

    private void Written(ApiOperation operation, Trial trial, List<ApiOperation> closed, bool told)
    {
        var changes = trial.Delta.Tables.Where(delta => delta.Table.Quoted == owners.Users?.Quoted || owners.ColumnsOf(delta.Table).Any()).ToList();
        var writes = closed.Where(each => !each.IsSafe).ToList();
        if (changes.Count == 0) context.Results.Pass(AccessRules.Anonymous, operation, trial.Statements.Any(record => record.Shape.Kind == StatementKind.Write) ? "It is open, and what it writes belongs to no user." : "It is open, and changes nothing.");
        else if (told || (writes.Count > 0 && operation.Method != "POST")) Add(operation, trial, Verdict.Fail, $"changes {changes[0].Table}", writes, told);
        else if (writes.Count > 0) Add(operation, trial, Verdict.Advisory, $"writes {changes[0].Table}", writes, told);
        else context.Results.Pass(AccessRules.Anonymous, operation, "It is open, as its neighbours are.");
    }

    private void Add(ApiOperation operation, Trial trial, Verdict verdict, string what, List<ApiOperation> closed, bool told) => context.Results.Add(new Finding
    {
        Rule = AccessRules.Anonymous.Id,
        Endpoint = operation.Key,
        Verdict = verdict,
        Fingerprint = "open",
        Summary = $"Without signing in it {what}{(told ? ", though the description asks for it" : closed.Count > 0 ? $", though {closed[0].Key} asks for it" : "")}",
        Evidence =
        [
            context.Evidence.Of("a request of nobody's", trial.Exchange), context.Evidence.Statements("what was asked of the database", trial.Statements),
            new PlacesEvidence("neighbours that are closed", [.. closed.Select(each => each.Key)]),
        ],
        Commands = [context.Evidence.Curl(trial.Exchange)],
        Recipe = AccessProbe.RecipeOf(AccessRules.Anonymous, operation),
    });

    /// <summary>What is about the same things.</summary>
    private IEnumerable<ApiOperation> Neighbours(ApiOperation operation) =>
        context.Operations.Where(each => each.Key != operation.Key && Names.CollectionOf(each.Path) is { } collection && collection == Names.CollectionOf(operation.Path));

    /// <summary>Whether the description asks for a proof here; not where it does so everywhere, at the log-in too.</summary>
    private bool Describes(ApiOperation operation) =>
        operation.Security is { Count: > 0 } security && security.All(way => way.Count > 0) && context.Operations.Any(each => each.Security is not { Count: > 0 });

    private static bool IsSameThing(string path, string other)
    {
        var (one, two) = (path.TrimEnd('/'), other.TrimEnd('/'));
        return Parent(one) == two || Parent(two) == one;
    }

    private static string Parent(string path) => path.EndsWith('}') ? Names.CollectionPath(path) ?? "" : "";

    [GeneratedRegex("users?|accounts?|members?|customers?|profiles?|people", RegexOptions.IgnoreCase)]
    private static partial Regex OfUsers();

    [GeneratedRegex("log[-_]?in|sign[-_]?(?:in|up)|register|token|refresh|session|auth|password|forgot|reset|confirm|verif|log[-_]?out|health|ready|live|ping|metrics|webhook|callback|openapi|swagger|docs|contact|newsletter|subscribe|track", RegexOptions.IgnoreCase)]
    private static partial Regex Entrance();
}
