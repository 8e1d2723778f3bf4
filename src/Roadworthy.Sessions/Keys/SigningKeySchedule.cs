namespace Roadworthy.Sessions.Keys;

/// <summary>When keys come and go. Pure: what to do follows from the keys and the time alone.</summary>
/// <param name="TokenLifetime">How long a token of a key lives: so long the key is published after its last signature.</param>
internal sealed record SigningKeySchedule(TimeSpan TokenLifetime)
{
    /// <summary>How long a key signs before the next one takes over.</summary>
    public static readonly TimeSpan SigningPeriod = TimeSpan.FromDays(30);

    /// <summary>How long a key is published before it signs: longer than anyone caches a JWKS.</summary>
    public static readonly TimeSpan PublishAhead = TimeSpan.FromDays(1);

    /// <summary>Clocks of verifiers may differ by this much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>The moment from which a new key should sign, if one has to be made now; else null.</summary>
    public static DateTimeOffset? NextNeeded(IReadOnlyCollection<DateTimeOffset> signsFrom, DateTimeOffset now)
    {
        // With no key at all nothing can be cached yet either: the first one signs at once.
        if (signsFrom.Count == 0) return now;
        var last = signsFrom.Max();
        if (last > now) return null;
        return now >= last + SigningPeriod - PublishAhead ? Later(last + SigningPeriod, now + PublishAhead) : null;
    }

    /// <summary>Whether a key is of no use any more: its successor has signed for longer than its last token can live.</summary>
    public bool IsRetired(DateTimeOffset signsFrom, IEnumerable<DateTimeOffset> all, DateTimeOffset now)
    {
        var successors = all.Where(other => other > signsFrom).ToList();
        return successors.Count > 0 && now > successors.Min() + TokenLifetime + Skew;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
