using System.Diagnostics;

namespace Roadworthy.Inspection.Driving;

/// <summary>How much may be asked, and for how long. Whoever drives stops by itself when it is used up.</summary>
internal sealed class Budget(int requests, TimeSpan time)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _used;
    private int _trials;
    private volatile bool _isOver;

    public int Used => _used;

    public bool IsUsedUp => _isOver || _used - _trials >= requests || Stopwatch.GetElapsedTime(_started) > time;

    /// <summary>Nothing more is to be asked, whatever is left.</summary>
    public void End() => _isOver = true;

    /// <param name="isTrial">Whether a probe asks, which has a clock of its own: it is counted, and uses nothing up.</param>
    public void Take(bool isTrial = false)
    {
        Interlocked.Increment(ref _used);
        if (isTrial) Interlocked.Increment(ref _trials);
    }
}
