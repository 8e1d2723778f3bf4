using System.Text.Json;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>Asks as somebody else, and as nobody: who may see and change what.</summary>
internal sealed class AccessProbe : IProbe
{
    private const string ProbeName = "access";

    public string Name => ProbeName;

    public IReadOnlyList<Rule> Rules { get; } = AccessRules.All;

    public static string RecipeOf(Rule rule, ApiOperation operation) => $"{ProbeName} {JsonSerializer.Serialize((string[])[rule.Id, operation.Key])}";

    public Task RunAsync(ProbeContext context, CancellationToken ct) => RunAsync(context, _ => true, ct);

    public async Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct)
    {
        if (Read(recipe) is not var (rule, key) || context.Operations.FirstOrDefault(operation => operation.Key == key) is not { } operation) return new(null, $"'{recipe}' names nothing that this API has.");
        // What its neighbours keep from others is part of the proof.
        var first = operation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeWhile(part => !part.StartsWith('{')).LastOrDefault() ?? "";
        await RunAsync(context, each => each.Key == key || each.Path.Split('/').Contains(first, StringComparer.Ordinal), ct);
        var result = context.Results.All.FirstOrDefault(each => each.Rule == rule && each.Endpoint == key);
        if (result is null) return new(null, "It could not be tried.");
        return new(result.Verdict switch { Verdict.Fail or Verdict.Advisory => true, Verdict.Pass => false, _ => null }, result.Reason);
    }

    private static async Task RunAsync(ProbeContext context, Func<ApiOperation, bool> isWanted, CancellationToken ct)
    {
        var shapes = AuthShapes.Of(context.Setup.Description);
        var calls = await WorkingCalls.PrepareAsync(context, operation => isWanted(operation) && (!IsWay(shapes, operation) || IsEndOfSomething(operation)), ct);
        await using var bench = await Bench.PrepareAsync(context, ct);
        // Whoever is made to lose something owns it.
        var owners = new Owners(bench, context.Setup.Users.Concat(calls.All.Select(known => known.Who)).Where(who => who.Credentials.Count > 0).Distinct());
        new SecretScan(context, bench).Run();
        await OthersAsync(context, bench, owners, calls, ct);
        await RolesAsync(context, bench, owners, calls, shapes.SignUp.Where(operation => isWanted(operation) && context.WantsEndpoint(operation.Key)), ct);
        var open = new OpenTrials(context, bench, owners);
        foreach (var known in calls.All.Where(known => !known.IsAuth))
        {
            if (context.Setup.Users.Count == 0) context.Results.Inconclusive(AccessRules.Anonymous, known.Operation, "Nobody could be signed up, so nothing is known to be closed.");
            else if (context.Clock.IsUp) context.Results.Inconclusive(AccessRules.Anonymous, known.Operation, context.Clock.Reason);
            else await open.TryAsync(known.Call, ct);
        }

        foreach (var operation in context.Operations.Where(operation => IsWay(shapes, operation))) context.Results.Pass(AccessRules.Anonymous, operation, "It is a way in or out.");
        foreach (var (key, reason) in calls.Missing.Where(each => context.Operations.Any(operation => operation.Key == each.Key && !IsWay(shapes, operation))))
            context.Results.Inconclusive(AccessRules.Anonymous, key, reason);
    }

    private static async Task OthersAsync(ProbeContext context, Bench bench, Owners owners, WorkingCalls calls, CancellationToken ct)
    {
        var about = context.Operations.Where(operation => operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Path)).ToList();
        if (context.Setup.Users is not [var a, var b, ..])
        {
            foreach (var operation in about) context.Results.Inconclusive(RuleOf(operation), operation, "There are no two users to try it with.");
            return;
        }

        var trials = new OthersTrials(context, bench, owners, new Visibility(context, bench, a, b), a, b);
        var makers = new OwnerTrials(context, bench, owners, a, b);
        foreach (var known in calls.All.Where(known => !known.IsAuth))
        {
            if (context.Clock.IsUp)
            {
                if (about.Contains(known.Operation)) context.Results.Inconclusive(RuleOf(known.Operation), known.Operation, context.Clock.Reason);
                continue;
            }

            if (about.Contains(known.Operation))
            {
                if (known.Who == a) await trials.TryAsync(known.Call, ct);
                else context.Results.Pass(RuleOf(known.Operation), known.Operation, $"It works for {known.Who.Name} and for no other user.");
            }

            if (known.Operation.Method == "POST" && known.Who == a) await makers.TryAsync(known.Call, ct);
        }

        await trials.JudgeAsync(ct);
        foreach (var known in calls.All.Where(known => IsEndOfSomething(known.Operation)))
        {
            // Of somebody who is there to lose it.
            var ends = new OthersTrials(context, bench, owners, new Visibility(context, bench, known.Who, b), known.Who, b);
            if (context.Clock.IsUp) context.Results.Inconclusive(RuleOf(known.Operation), known.Operation, context.Clock.Reason);
            else await ends.TryAsync(known.Call, ct);
            await ends.JudgeAsync(ct);
        }

        foreach (var operation in about.Where(operation => calls.Missing.ContainsKey(operation.Key))) context.Results.Inconclusive(RuleOf(operation), operation, calls.Missing[operation.Key]);
    }

    private static async Task RolesAsync(ProbeContext context, Bench bench, Owners owners, WorkingCalls calls, IEnumerable<ApiOperation> signUps, CancellationToken ct)
    {
        if (owners.Users is not { } users || !context.SeesStatements || context.Setup.Users is not [var first, ..]) return;
        var trials = new RoleTrials(context, bench, owners, await Data.Elevations.OfAsync(context.Database, bench.Catalogue, users, ct));
        foreach (var operation in signUps.Where(operation => context.Setup.Survey.Best(operation)?.Succeeded is true && !context.Clock.IsUp)) await trials.TrySignUpAsync(operation, ct);
        foreach (var known in calls.All.Where(known => !known.IsAuth && known.Operation.Method is "PUT" or "PATCH" or "POST" && known.Who == first && !context.Clock.IsUp))
        {
            if (known.Operation.Method != "POST") await trials.TryAsync(known.Call, known.Who, ct);
            if (context.Setup.Users.Count > 1) await new AccountTrials(context, bench, owners, known.Who, context.Setup.Users[1]).TryAsync(known.Call, ct);
        }
    }

    /// <summary>Of one session or account among several, by its id.</summary>
    private static bool IsEndOfSomething(ApiOperation operation) => AuthShapes.IsDangerous(operation) && operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Path);

    private static bool IsWay(AuthShapes shapes, ApiOperation operation) =>
        shapes.SignUp.Contains(operation) || shapes.LogIn.Contains(operation) || shapes.Refresh.Contains(operation) || shapes.LogOut.Contains(operation) || Mailbox.IsWanted(operation) || AuthShapes.IsDangerous(operation);

    private static Rule RuleOf(ApiOperation operation) => operation.IsSafe ? AccessRules.OthersRead : AccessRules.OthersWritten;

    private static (string Rule, string Operation)? Read(string recipe)
    {
        try
        {
            return recipe.Split(' ', 2) is [_, var rest] && JsonSerializer.Deserialize<string[]>(rest) is [var rule, var operation] ? (rule, operation) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
