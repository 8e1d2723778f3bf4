using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing;

/// <summary>For each operation a call that works, with whatever it needs made before, and who it works for. Not sent yet.</summary>
internal sealed class WorkingCalls
{
    private WorkingCalls(IReadOnlyList<KnownCall> all, IReadOnlyDictionary<string, string> missing) => (All, Missing) = (all, missing);

    public IReadOnlyList<KnownCall> All { get; }

    /// <summary>By operation: why there is none.</summary>
    public IReadOnlyDictionary<string, string> Missing { get; }

    public static async Task<WorkingCalls> PrepareAsync(ProbeContext context, Func<ApiOperation, bool> isWanted, CancellationToken ct)
    {
        var shapes = AuthShapes.Of(context.Setup.Description);
        var (all, missing) = (new List<KnownCall>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var operation in context.Operations.Where(isWanted))
        {
            var isEnd = AuthShapes.IsDangerous(operation) || shapes.LogOut.Contains(operation) || Mailbox.IsWanted(operation);
            var isAuth = isEnd || shapes.LogIn.Contains(operation) || shapes.Refresh.Contains(operation);
            // Nobody who is needed is locked out, or loses a session; and a mail's token is one that nobody has used.
            var throwaway = isAuth ? await context.Setup.ThrowawayAsync(ct) : null;
            if (isAuth && (throwaway is not null || !Mailbox.IsWanted(operation)))
            {
                if (throwaway is null) missing[operation.Key] = "It may end a session or lock an account, and nobody could be signed up to lose one.";
                else if ((isEnd ? await context.Setup.Survey.EndingAsync(operation, throwaway, ct) : context.Setup.Driver.Build(operation, throwaway)) is { } built) all.Add(new(operation, throwaway, Shaped(context, built), IsAuth: true));
                else missing[operation.Key] = "What it needs could not be made.";
            }
            else if (context.WhoCan(operation) is not { } who)
            {
                missing[operation.Key] = $"It never worked for anybody. {context.Setup.Survey.Best(operation)?.Reason ?? "It was not asked."}";
            }
            else if (await context.Setup.Survey.FreshAsync(operation, who, ct) is { } call)
            {
                all.Add(new(operation, who, Shaped(context, call), IsAuth: shapes.SignUp.Contains(operation)));
            }
            else
            {
                missing[operation.Key] = "What it needs could not be made again.";
            }
        }

        // Those that are limited in number come last.
        return new([.. all.OrderBy(known => known.IsAuth)], missing);
    }

    /// <summary>Without the fields that the survey found it works without only.</summary>
    private static Call Shaped(ProbeContext context, Call call)
    {
        if (context.Setup.Survey.Best(call.Operation) is not { Succeeded: true, Call.Body: JsonObject worked } || call.Body is not JsonObject body) return call;
        foreach (var name in body.Select(member => member.Key).Where(name => !worked.ContainsKey(name)).ToList()) body.Remove(name);
        return call;
    }
}

/// <param name="Who">It works for.</param>
/// <param name="IsAuth">Whether it is about signing up, in or out.</param>
internal sealed record KnownCall(ApiOperation Operation, Identity Who, Call Call, bool IsAuth);
