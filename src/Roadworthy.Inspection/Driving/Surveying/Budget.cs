using System.Diagnostics;

namespace Roadworthy.Inspection.Driving;

/// <summary>How much may be asked, and for how long. Whoever drives stops by itself when it is used up.</summary>
internal sealed class Budget(int requests, TimeSpan time)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _used;

    public int Used => _used;

    public bool IsUsedUp => _used >= requests || Stopwatch.GetElapsedTime(_started) > time;

    public void Take() => Interlocked.Increment(ref _used);
}
