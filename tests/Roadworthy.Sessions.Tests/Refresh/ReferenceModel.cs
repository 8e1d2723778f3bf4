namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>The rules of docs/guides/sessions.md once more, in another language: what the statement is held against.</summary>
internal static class ReferenceModel
{
    public static RefreshEffect Refresh(RefreshCase given, SessionsOptions options)
    {
        var verdict = Judge(given, options);
        var changed = !given.SameAddress || !given.SameUserAgent;
        var moves = verdict is "rotated" or "rolled_forward";
        var idleLeft = moves ? options.IdleLifetime : given.IdleLeft;
        var needsNoHeal = given.Confirmed >= 0 && given.HealedGeneration < 0;
        return new(
            verdict,
            Answered: moves ? RefreshCase.Presented + 1 : given.Generation,
            EndsIn: idleLeft < given.AbsoluteLeft ? idleLeft : given.AbsoluteLeft,
            changed,
            SynchronousCommit: verdict == "reused" || (given.WaitForDisk && (moves || verdict == "healed")),
            Generation: moves ? RefreshCase.Presented + 1 : given.Generation,
            Rotated: moves ? TimeSpan.Zero : given.Rotated,
            Healed: verdict == "healed" ? TimeSpan.Zero : given.Healed,
            Confirmed: given.Generation + given.Confirmed,
            Heals: verdict switch { "healed" => given.Heals + 1, "rotated" when needsNoHeal => 0, _ => given.Heals },
            HealedGeneration: verdict == "healed" ? given.Generation : given.Generation + given.HealedGeneration,
            idleLeft,
            RevokedNow: verdict == "reused",
            RevokedWhy: verdict == "reused" ? "reused" : given.Revoked ? "ended" : null,
            Address: moves ? given.Address : given.StoredAddress,
            UserAgent: moves ? given.UserAgent : given.StoredUserAgent);
    }

    private static string Judge(RefreshCase given, SessionsOptions options)
    {
        if (!given.RightSecret) return "wrong_secret";
        if (given.Revoked) return "revoked";
        if (given.User is UserState.Disabled or UserState.Gone or UserState.Unclear) return "disabled";
        if (given.User == UserState.OtherStamp || (given.User == UserState.LostStamp && given.Stamped)) return "stale";
        if (given.IdleLeft <= TimeSpan.Zero || given.AbsoluteLeft <= TimeSpan.Zero) return "expired";
        if (given.Behind < 0) return "rolled_forward";
        if (given.Behind > 1) return "reused";
        if (given.Rotated < options.ReplayWindow || given.Healed < options.ReplayWindow)
        {
            if (given.Strict && !(given.SameAddress && given.SameUserAgent)) return "mismatched";
            return given.Behind == 0 ? "fresh" : "replayed";
        }

        if (given.Behind == 0) return "rotated";
        var lost = given.Confirmed < 0 && given.Rotated < options.HealHorizon && given.Heals < options.MaxHeals;
        return lost ? "healed" : "reused";
    }
}
