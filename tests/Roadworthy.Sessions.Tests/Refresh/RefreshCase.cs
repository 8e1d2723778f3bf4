using System.Net;

namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>How the user stands when a refresh comes.</summary>
public enum UserState
{
    Live,
    Disabled,
    Gone,
    OtherStamp,
    LostStamp,

    /// <summary>The view does not know whether it is disabled.</summary>
    Unclear,
}

/// <summary>A session's row and a refresh of it. All times are relative to the database's now().</summary>
internal sealed record RefreshCase
{
    public const long Presented = 7;

    /// <summary>The row's generation minus the presented one.</summary>
    public int Behind { get; init; }

    /// <summary>How long ago the row rotated; null for never.</summary>
    public TimeSpan? Rotated { get; init; }

    /// <summary>How long ago it healed; null for never.</summary>
    public TimeSpan? Healed { get; init; }

    /// <summary>The confirmed generation minus the row's.</summary>
    public int Confirmed { get; init; }

    public int Heals { get; init; }

    /// <summary>The generation that was healed last, minus the row's.</summary>
    public int HealedGeneration { get; init; } = -2;

    public TimeSpan IdleLeft { get; init; } = TimeSpan.FromDays(1);

    public TimeSpan AbsoluteLeft { get; init; } = TimeSpan.FromDays(30);

    public bool Revoked { get; init; }

    public UserState User { get; init; }

    public bool RightSecret { get; init; } = true;

    public bool SameAddress { get; init; } = true;

    public bool SameUserAgent { get; init; } = true;

    /// <summary>Whether the client names itself and has an address: now, and at the last rotation where they are the same.</summary>
    public bool Named { get; init; } = true;

    /// <summary>Whether the view has stamps at all.</summary>
    public bool Stamped { get; init; } = true;

    public bool Strict { get; init; }

    public bool WaitForDisk { get; init; } = true;

    public long Generation => Presented + Behind;

    public IPAddress? Address => Named ? IPAddress.Parse("192.0.2.7") : null;

    public string? UserAgent => Named ? "agent" : null;

    public IPAddress? StoredAddress => SameAddress ? Address : IPAddress.Parse("198.51.100.9");

    public string? StoredUserAgent => SameUserAgent ? UserAgent : "other agent";
}

/// <summary>What a refresh came to, and how it left the row. Times are relative to now(), null where they are infinitely long ago.</summary>
internal sealed record RefreshEffect(
    string Verdict, long Answered, TimeSpan EndsIn, bool ClientChanged, bool SynchronousCommit,
    long Generation, TimeSpan? Rotated, TimeSpan? Healed, long Confirmed, int Heals, long HealedGeneration,
    TimeSpan IdleLeft, bool RevokedNow, string? RevokedWhy, IPAddress? Address, string? UserAgent);
