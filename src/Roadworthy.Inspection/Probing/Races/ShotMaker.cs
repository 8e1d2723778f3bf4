using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Makes the requests that races are run with, each with things of its own.</summary>
internal sealed class ShotMaker(ProbeContext context)
{
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>Whether an operation works, and uses up who asks: their session, their account, what was mailed to them.</summary>
    public static bool IsEnd(ProbeContext context, ApiOperation operation) =>
        (AuthShapes.IsDangerous(operation) || Mailbox.IsWanted(operation)) && context.Setup.Users.Count > 0 && context.Setup.Survey.Best(operation)?.Succeeded is true;

    /// <summary>As whoever it works for; what uses them up, as somebody made for it. Null where it works for nobody any more, or nobody can be made.</summary>
    public async Task<Shot?> MakeAsync(ApiOperation operation, CancellationToken ct)
    {
        if (!IsEnd(context, operation)) return context.WhoCan(operation) is { } identity ? await MakeAsync(operation, identity, ct) : null;
        if (await context.Setup.AnotherAsync(ct) is not { } somebody) return null;
        // A second session, which stays where the first is ended.
        if (operation.Path.Contains('{', StringComparison.Ordinal)) await context.Setup.Accounts.LogInAsync(somebody, null, ct);
        return await context.Setup.Survey.EndingAsync(operation, somebody, ct) is { } call ? Of(call, somebody) : null;
    }

    /// <summary>The same of somebody else, whose own thing it is where it has a key of its own; null where nobody else may.</summary>
    public Shot? OfAnother(Shot shot)
    {
        IEnumerable<Identity?> everybody = [.. context.Setup.Users, context.Setup.Administrator];
        var other = everybody.OfType<Identity>().FirstOrDefault(identity => identity.Name != shot.Identity.Name && !shot.Identity.IsAnonymous && context.Setup.Survey.Of(shot.Operation, identity)?.Succeeded is true);
        if (other is null) return null;
        var call = shot.Call.Copy();
        if (call.Headers.ContainsKey(KeyHeader)) call.Headers[KeyHeader] = Dice.For(context.Seed, other.Name, shot.Operation.Key, "another").Uuid().ToString();
        return Of(call, other);
    }

    /// <summary>As it worked when the API was surveyed; null where it has not.</summary>
    public Shot? Known(Shot shot) => context.Setup.Survey.Of(shot.Operation, shot.Identity)?.Call is { } call ? Of(call, shot.Identity) : null;

    public static bool HasKey(Shot shot) => shot.Call.Headers.ContainsKey(KeyHeader);

    public async Task<Shot?> MakeAsync(ApiOperation operation, Identity identity, CancellationToken ct) =>
        await context.Setup.Survey.FreshAsync(operation, identity, ct) is { } call ? Of(call, identity) : null;

    private Shot Of(Call call, Identity identity) => new(call.Operation, identity, call, context.Setup.Driver.RequestOf(call, identity));
}
