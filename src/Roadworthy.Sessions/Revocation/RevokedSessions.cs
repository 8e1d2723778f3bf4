using System.Collections.Concurrent;
using System.Diagnostics;

namespace Roadworthy.Sessions.Revocation;

/// <summary>
/// The sessions that were ended lately, as this instance knows them: as long as an access token of theirs may be about. Current while the
/// listener hears PostgreSQL; otherwise the row is asked.
/// </summary>
internal sealed class RevokedSessions(SessionsOptions options)
{
    /// <summary>How old the last sign of life of the listening connection may be.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, long> _ended = new();
    private long _heardAt = long.MinValue;

    /// <summary>How long an ended session is remembered: its access tokens' life, and a margin for clocks and long transactions.</summary>
    public TimeSpan Memory => options.AccessTokenLifetime + Margin;

    /// <summary>Whether everything that was committed a second ago is known here.</summary>
    public bool IsCurrent => Volatile.Read(ref _heardAt) is var heard && heard != long.MinValue && Stopwatch.GetElapsedTime(heard) < MaxSilence;

    public bool Contains(Guid session) => _ended.ContainsKey(session);

    public void Add(Guid session) => _ended[session] = Stopwatch.GetTimestamp();

    /// <summary>PostgreSQL answered a question that was asked at this moment: whatever was committed before is known.</summary>
    public void HeardAt(long timestamp) => Volatile.Write(ref _heardAt, timestamp);

    public void Forget()
    {
        var memory = Memory;
        foreach (var (session, added) in _ended)
            if (Stopwatch.GetElapsedTime(added) > memory) _ended.TryRemove(session, out _);
    }

    public void Silence() => Volatile.Write(ref _heardAt, long.MinValue);
}
