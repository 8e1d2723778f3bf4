using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing;

/// <summary>
/// Lets in again whose session a trial has ended for good: rows are put back, and a backend that remembers in its memory, or in another store, what has ended does not forget it with them.
/// </summary>
internal sealed class Returning(Accounts accounts)
{
    private const int Most = 200;

    private readonly Dictionary<Identity, HashSet<string>> _ended = [];
    private int _count;

    /// <summary>False for one who is let in, and was turned away for another reason; and for one who can't be let in any more.</summary>
    public async Task<bool> LetInAsync(Identity who, CancellationToken ct)
    {
        if (who.Credentials.Count == 0 || _count >= Most) return false;
        var gate = await accounts.GateAsync(ct);
        if (!gate.Exists || await gate.LetsInAsync(who, ct)) return false;
        _count++;
        if (who.RefreshToken is { } ended) (_ended.TryGetValue(who, out var all) ? all : _ended[who] = new HashSet<string>(StringComparer.Ordinal)).Add(ended);
        return await accounts.LogInAsync(who, null, ct);
    }

    /// <summary>A call that was made before, with the refresh token that is theirs now in the place of one of an ended session.</summary>
    public Call Renewed(Call call, Identity who) =>
        who.RefreshToken is { } now && _ended.TryGetValue(who, out var ended) ? ended.Aggregate(call, (each, token) => token == now ? each : each.Replaced(token, now)) : call;
}
