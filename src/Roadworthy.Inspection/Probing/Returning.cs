using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing;

/// <summary>
/// Lets in again whose session a trial has ended for good: rows are put back, and a backend that remembers in its memory, or in another store, what has ended does not forget it with them.
/// </summary>
internal sealed class Returning(Accounts accounts)
{
    private const int Most = 200;

    private int _count;

    /// <summary>False for one who is let in, and was turned away for another reason; and for one who can't be let in any more.</summary>
    public async Task<bool> LetInAsync(Identity who, CancellationToken ct)
    {
        if (who.Credentials.Count == 0 || _count >= Most) return false;
        var gate = await accounts.GateAsync(ct);
        if (!gate.Exists || await gate.LetsInAsync(who, ct)) return false;
        _count++;
        return await accounts.LogInAsync(who, null, ct);
    }

    /// <summary>A call that was made before, with the refresh token that is theirs now in the place of one that they had then.</summary>
    public static Call Renewed(Call call, Identity who) => who.RefreshToken is { } now ? who.FormerTokens.Where(token => token != now).Aggregate(call, (each, token) => each.Replaced(token, now)) : call;
}
