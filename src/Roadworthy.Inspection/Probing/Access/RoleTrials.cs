using System.Text.Json.Nodes;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>Makes administrators: whoever signs up, or changes their own account, says that they are one.</summary>
internal sealed class RoleTrials(ProbeContext context, Bench bench, Owners owners, IReadOnlyList<Elevation> elevations)
{
    /// <summary>Somebody new, whom nobody has let in.</summary>
    public async Task TrySignUpAsync(Api.ApiOperation operation, CancellationToken ct)
    {
        if (await context.Setup.Survey.FreshAsync(operation, new Identity { Name = "E" }, ct) is not { Body: JsonObject } call) return;
        await TryAsync(call, context.Setup.Anonymous, ct);
    }

    /// <summary>Of somebody who is no administrator.</summary>
    public async Task TryAsync(Call call, Identity who, CancellationToken ct)
    {
        if (owners.Users is not { } users || elevations.Count == 0 || call.Body is not JsonObject) return;
        var control = await bench.TryAsync(call, who, ct);
        if (!control.Succeeded || control.Delta.Of(users) is not { Added.Count: > 0 } made) return;
        foreach (var elevation in elevations)
        {
            if (context.Clock.IsUp) return;
            var at = Owners.At(users, elevation.Column);
            if (made.Added.Any(row => row[at] == elevation.Stored))
            {
                // Everybody is one, or the body said so already.
                if (!made.Removed.Any(row => row[at] == elevation.Stored) && Says(call.Body!, elevation)) Add(control, elevation, users, who);
                continue;
            }

            foreach (var said in Spellings(call, elevation))
            {
                var trial = await bench.TryAsync(said, who, ct);
                if (!trial.Succeeded || trial.Delta.Of(users)?.Added.Any(row => row[at] == elevation.Stored) is not true) continue;
                Add(trial, elevation, users, who);
                break;
            }
        }

        context.Results.Pass(AccessRules.ClientSaysOwner, call.Operation, "That somebody is an administrator is not believed.");
    }

    private void Add(Trial trial, Elevation elevation, Table users, Identity who)
    {
        var operation = trial.Exchange.Operation!;
        context.Results.Add(new Finding
        {
            Rule = AccessRules.ClientSaysOwner.Id,
            Endpoint = operation.Key,
            Verdict = elevation.IsSure || Matters() ? Verdict.Fail : Verdict.Advisory,
            Fingerprint = "role " + elevation.Column.Name,
            Summary = $"{(who.IsAnonymous ? "Whoever signs up" : who.Name)} says that they are an administrator, and is believed: {users}.{elevation.Column.Name} is {elevation.Stored}",
            Evidence =
            [
                context.Evidence.Of("the request that says so", trial.Exchange),
                context.Evidence.Statements("what was asked of the database", trial.Statements),
            ],
            Commands = [context.Evidence.Curl(trial.Exchange)],
            Recipe = AccessProbe.RecipeOf(AccessRules.ClientSaysOwner, operation),
            Remedy = "Decide who is an administrator on the server, and ignore or refuse what a sign-up, or somebody about their own account, says of it.",
        });
    }

    /// <summary>Whether something works for an administrator alone.</summary>
    private bool Matters() => context.Setup is { Administrator: { } administrator, Users: [var user, ..] } && context.Operations.Any(operation =>
        context.Setup.Survey.Of(operation, administrator)?.Succeeded is true && context.Setup.Survey.Of(operation, user)?.Exchange?.Status is 401 or 403);

    private static bool Says(JsonNode body, Elevation elevation) =>
        body is JsonObject of && of.Any(member => member.Value is JsonValue value ? JsonCopy.Scalar(value) == elevation.Stored && Names.Plain(member.Key) == Names.Plain(elevation.Column.Name) : member.Value is JsonObject inner && Says(inner, elevation));

    /// <summary>As the column is called, in both fashions at once; and where it is the key of a role, as the role itself.</summary>
    private static IEnumerable<Call> Spellings(Call call, Elevation elevation)
    {
        var words = Names.Words(elevation.Column.Name);
        var camel = string.Concat(words.Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        var snake = string.Join('_', words);
        yield return With(call, of =>
        {
            of[camel] = elevation.Value.DeepClone();
            of[snake] = elevation.Value.DeepClone();
        });
        if (camel != snake)
            foreach (var name in (string[])[camel, snake]) yield return With(call, of => of[name] = elevation.Value.DeepClone());
        if (!elevation.IsKey || words.Count < 2 || words[^1] is not "id") yield break;
        var bare = string.Concat(words.SkipLast(1).Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        yield return With(call, of => of[bare] = elevation.Value.DeepClone());
        yield return With(call, of => of[bare] = new JsonObject { ["id"] = elevation.Value.DeepClone() });
    }

    /// <summary>Where all of a body is within one member, it belongs there.</summary>
    private static Call With(Call call, Action<JsonObject> say)
    {
        var changed = call.Copy();
        say(changed.Body is JsonObject { Count: 1 } outer && outer.First().Value is JsonObject inner ? inner : (JsonObject)changed.Body!);
        return changed;
    }
}
