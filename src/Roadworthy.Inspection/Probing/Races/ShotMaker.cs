using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Makes the requests that races are run with, each with things of its own.</summary>
internal sealed class ShotMaker(ProbeContext context)
{
    /// <summary>As whoever it works for; null where it works for nobody any more.</summary>
    public async Task<Shot?> MakeAsync(ApiOperation operation, CancellationToken ct) => context.WhoCan(operation) is { } identity ? await MakeAsync(operation, identity, ct) : null;

    /// <summary>The same of somebody else, whose own thing it is where it has a key of its own; null where nobody else may.</summary>
    public Shot? OfAnother(Shot shot)
    {
        IEnumerable<Identity?> everybody = [.. context.Setup.Users, context.Setup.Administrator];
        var other = everybody.OfType<Identity>().FirstOrDefault(identity => identity.Name != shot.Identity.Name && !shot.Identity.IsAnonymous && context.Setup.Survey.Of(shot.Operation, identity)?.Succeeded is true);
        if (other is null) return null;
        var call = shot.Call.Copy();
        if (call.Headers.ContainsKey(KeyHints.Header)) call.Headers[KeyHints.Header] = Dice.For(context.Seed, other.Name, shot.Operation.Key, "another").Uuid().ToString();
        return Of(call, other);
    }

    /// <summary>As it worked when the API was surveyed; null where it has not.</summary>
    public Shot? Known(Shot shot) => context.Setup.Survey.Of(shot.Operation, shot.Identity)?.Call is { } call ? Of(call, shot.Identity) : null;

    public static bool HasKey(Shot shot) => shot.Call.Headers.ContainsKey(KeyHints.Header);

    public async Task<Shot?> MakeAsync(ApiOperation operation, Identity identity, CancellationToken ct) =>
        await context.Setup.Survey.FreshAsync(operation, identity, ct) is { } call ? Of(call, identity) : null;

    private Shot Of(Call call, Identity identity) => new(call.Operation, identity, call, context.Setup.Driver.RequestOf(call, identity));
}
