using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>One user's requests about their own things, replayed as another.</summary>
internal sealed class OthersTrials(ProbeContext context, Bench bench, Owners owners, Visibility visibility, Identity a, Identity b)
{
    private const double Alike = 0.8;

    private readonly HashSet<string> _guarded = new(StringComparer.Ordinal);
    private readonly List<(Replay Replay, Rule Rule)> _open = [];

    public async Task TryAsync(Call call, CancellationToken ct)
    {
        var operation = call.Operation;
        var rule = operation.IsSafe ? AccessRules.OthersRead : AccessRules.OthersWritten;
        if (call.Bindings.LastOrDefault(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal)) is not { } binding)
        {
            context.Results.Inconclusive(rule, operation, "No thing of one user's own is known to ask for.");
            return;
        }

        var row = owners.RowOf(binding.Resource, binding.Value);
        var isOwn = row is { } found ? owners.IsOf(a, found.Table, found.Row) : null;
        var isMade = context.Setup.Driver.Resources.Of(binding.Resource).Any(each => each.Value == binding.Value && each.Created && each.Who == a.Name);
        if (isOwn is false || (isOwn is null && !isMade))
        {
            context.Results.Pass(rule, operation, "What it is about belongs to no user.");
            return;
        }

        var own = await bench.TryAsync(call, a, ct);
        if (!own.Succeeded)
        {
            context.Results.Inconclusive(rule, operation, $"It does not work for its owner any more: it answers {own.Status}{Success.Quote(own.Exchange)}");
            return;
        }

        if ((await bench.TryAsync(call, context.Setup.Anonymous, ct)).Succeeded)
        {
            context.Results.Pass(rule, operation, "It is open to anybody, which is another rule's business.");
            return;
        }

        var others = await bench.TryAsync(call, b, ct);
        if (!others.Succeeded)
        {
            if (others.Status is 401 or 403 or 404) _guarded.Add(Visibility.Collection(operation, binding));
            if (others.Crashed) context.Results.Inconclusive(rule, operation, $"It answers {others.Status} to another user.");
            else context.Results.Pass(rule, operation, $"Another user is answered {others.Status}.");
            return;
        }

        var replay = new Replay(call, binding, own, others, isOwn is true, row is { } of && owners.IsOf(a, of.Table, of.Row, owningOnly: true) is true);
        if (operation.IsSafe ? !Shows(replay) : !Changes(replay, row)) context.Results.Pass(rule, operation, operation.IsSafe ? "Another user is answered, and sees nothing of it." : "Another user is answered, and changes nothing of it.");
        else _open.Add((replay, rule));
    }

    /// <summary>Once all is known that the API keeps from others.</summary>
    public async Task JudgeAsync(CancellationToken ct)
    {
        foreach (var (replay, rule) in _open)
        {
            var isPrivate = await visibility.IsPrivateAsync(replay.Call, replay.Binding, ct);
            var isGuarded = _guarded.Contains(Visibility.Collection(replay.Call.Operation, replay.Binding));
            var isDirect = replay.Call.Operation.Method is "PUT" or "PATCH" or "DELETE" && replay.Call.Operation.Path.EndsWith('}');
            // Seen by everybody and changed by its owner only is usual; so is a like for another's post.
            if (isPrivate is true || (isGuarded && isPrivate is null && replay.IsOwn)) Add(rule, replay, Verdict.Fail, isPrivate is true ? "the list shows it to its owner only" : "other requests about it are refused to others");
            else if (rule == AccessRules.OthersWritten && replay.IsOwning && isDirect) Add(rule, replay, Verdict.Fail, "its row says whose it is");
            else if (isPrivate is null && replay.IsOwn && !IsProfile(replay)) Add(rule, replay, Verdict.Advisory, "its row says whose it is, but nothing says that others must not");
            else context.Results.Pass(rule, replay.Call.Operation, isPrivate is false ? "It is shared: the list shows it to others too." : "Nothing says that it is anybody's own.");
        }
    }

    /// <summary>What members may know of each other, as long as it is no address.</summary>
    private bool IsProfile(Replay replay) =>
        replay.Call.Operation.IsSafe && owners.RowOf(replay.Binding.Resource, replay.Binding.Value)?.Table.Quoted == owners.Users?.Quoted
        && !(a.Credentials.GetValueOrDefault("email") is { } email && replay.Others.Exchange.Response!.Text.Contains(email, StringComparison.OrdinalIgnoreCase));

    private void Add(Rule rule, Replay replay, Verdict verdict, string because)
    {
        var operation = replay.Call.Operation;
        context.Results.Add(new Finding
        {
            Rule = rule.Id,
            Endpoint = operation.Key,
            Verdict = verdict,
            Fingerprint = replay.Binding.Resource,
            Summary = $"{b.Name} asks for {a.Name}'s {replay.Binding.Resource} and {(operation.IsSafe ? "sees" : "changes")} it: {replay.Others.Status}. That it is {a.Name}'s is known: {because}.",
            Evidence =
            [
                context.Evidence.Of($"{a.Name}, whose it is", replay.Own.Exchange), context.Evidence.Of($"{b.Name}, whose it is not", replay.Others.Exchange),
                context.Evidence.Statements($"what was asked of the database for {b.Name}", replay.Others.Statements),
            ],
            Commands = [context.Evidence.Curl(replay.Others.Exchange)],
            Recipe = AccessProbe.RecipeOf(rule, operation),
        });
    }

    /// <summary>A filtered answer is no leak: nearly all of what the owner sees has to be there.</summary>
    private static bool Shows(Replay replay)
    {
        var own = Leaves(replay.Own.Exchange.Response!.Json).ToHashSet(StringComparer.Ordinal);
        var others = Leaves(replay.Others.Exchange.Response!.Json).ToHashSet(StringComparer.Ordinal);
        if (own.Count == 0) return replay.Own.Exchange.Response.Json is null && replay.Own.Exchange.Response.Body is { Length: > 0 } body && body.AsSpan().SequenceEqual(replay.Others.Exchange.Response.Body);
        return own.Count(others.Contains) >= Math.Max(1, own.Count * Alike);
    }

    /// <summary>The row itself is another, or gone; what was added beside it may be the other's own.</summary>
    private static bool Changes(Replay replay, (Data.Table Table, string?[] Row)? row) =>
        row is { } known && replay.Others.Delta.Of(known.Table) is { } delta && delta.Removed.Any(removed => removed.SequenceEqual(known.Row, StringComparer.Ordinal));

    private static IEnumerable<string> Leaves(JsonNode? node, string name = "") => node switch
    {
        JsonObject of => of.SelectMany(member => Leaves(member.Value, member.Key)),
        JsonArray list => list.SelectMany(item => Leaves(item, name)),
        JsonValue value => [$"{name}={JsonCopy.Scalar(value)}"],
        _ => [],
    };

    /// <param name="IsOwn">Whether the row says that it is the owner's.</param>
    /// <param name="IsOwning">Whether by a column that says whose it is, rather than who wrote it.</param>
    private sealed record Replay(Call Call, Binding Binding, Trial Own, Trial Others, bool IsOwn, bool IsOwning);
}
