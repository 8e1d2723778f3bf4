using System.Net;

namespace Roadworthy.Sessions;

/// <summary>What happened to a session.</summary>
public enum SessionEventKind
{
    /// <summary>Somebody signed in.</summary>
    SignedIn,

    /// <summary>The usual refresh: a new generation.</summary>
    Rotated,

    /// <summary>The token before the live one, within the replay window: a race, or a quick retry. The live one was answered again.</summary>
    Replayed,

    /// <summary>The token before the live one, and nobody had used its successor: an answer was lost. The live one was answered again.</summary>
    Healed,

    /// <summary>A token of a generation that the database has forgotten: it went back in time (failover, restore, crash).</summary>
    RolledForward,

    /// <summary>An old token came back: somebody has a copy. The session was revoked.</summary>
    Reused,

    /// <summary>A right seal with a wrong secret: somebody has the refresh key. Change the root key.</summary>
    WrongSecret,

    /// <summary>The session was ended: sign-out, another device, or the application.</summary>
    Revoked,
}

/// <summary>One thing that happened to a session.</summary>
/// <param name="Kind">What.</param>
/// <param name="SessionId">To which session.</param>
/// <param name="UserId">Whose it is; null where that is not known (<see cref="SessionEventKind.WrongSecret"/> of an unknown session).</param>
/// <param name="Generation">The generation that is live now.</param>
/// <param name="Presented">The generation of the token that was presented; 0 where there was none.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="UserAgent">Which client it named, cut to 256 characters.</param>
/// <param name="ClientChanged">Whether address or User-Agent are other than at the last rotation.</param>
public sealed record SessionEvent(
    SessionEventKind Kind, Guid SessionId, string? UserId, long Generation, long Presented, IPAddress? Address, string? UserAgent, bool ClientChanged);
