namespace Roadworthy.Sessions;

/// <summary>What a refresh came to. The first five are answered with tokens, the others with a refusal.</summary>
public enum RefreshVerdict
{
    /// <summary>The live token, moments after it was made: the same one again, with a new access token. Nothing was written.</summary>
    Fresh,

    /// <summary>The live token: the next generation.</summary>
    Rotated,

    /// <summary>The token before the live one, moments after the rotation: the live one again. Nothing was written.</summary>
    Replayed,

    /// <summary>The token before the live one, whose successor nobody has used: the answer was lost. The live one again.</summary>
    Healed,

    /// <summary>A generation that the database has forgotten: it goes on from there.</summary>
    RolledForward,

    /// <summary>Nothing that this fleet has sealed. Costs no statement.</summary>
    Invalid,

    /// <summary>A right seal, but no such session: purged, or signed in after the backup that was restored.</summary>
    Unknown,

    /// <summary>A right seal with a wrong secret: the refresh key is known to somebody. Nothing is done to the session.</summary>
    WrongSecret,

    /// <summary>The session was ended.</summary>
    Revoked,

    /// <summary>The user is disabled, or gone.</summary>
    Disabled,

    /// <summary>The user's stamp is another than at the sign-in: the password was changed since.</summary>
    Stale,

    /// <summary>The idle or the absolute end is past.</summary>
    Expired,

    /// <summary>Strict mode: a replay from another address or client. Nothing is done to the session.</summary>
    Mismatched,

    /// <summary>An old token came back: the session was revoked.</summary>
    Reused,

    /// <summary>More refreshes of one session than are allowed. Costs no statement.</summary>
    TooMany,
}

/// <summary>Asks of a verdict.</summary>
public static class RefreshVerdicts
{
    /// <summary>Whether the client gets tokens.</summary>
    public static bool IsGranted(this RefreshVerdict verdict) => verdict <= RefreshVerdict.RolledForward;

    internal static RefreshVerdict Parse(string text) => text switch
    {
        "fresh" => RefreshVerdict.Fresh,
        "rotated" => RefreshVerdict.Rotated,
        "replayed" => RefreshVerdict.Replayed,
        "healed" => RefreshVerdict.Healed,
        "rolled_forward" => RefreshVerdict.RolledForward,
        "wrong_secret" => RefreshVerdict.WrongSecret,
        "revoked" => RefreshVerdict.Revoked,
        "disabled" => RefreshVerdict.Disabled,
        "stale" => RefreshVerdict.Stale,
        "expired" => RefreshVerdict.Expired,
        "mismatched" => RefreshVerdict.Mismatched,
        "reused" => RefreshVerdict.Reused,
        _ => throw new InvalidOperationException($"The refresh statement answered '{text}', which is no verdict. This is a fault of Roadworthy.Sessions."),
    };
}
