using Microsoft.Extensions.Options;
using Roadworthy.Errors.Tracking.Spool;

namespace Roadworthy.Errors.Tracking;

/// <summary>What those who fill the queue, those who empty it and those who ask about it share.</summary>
internal sealed class TrackingState(IOptions<ErrorTrackingOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _filled = new(0, 1);
    private long _dropped;
    private long _drainedAt;
    private volatile Reached _reached;

    private enum Reached
    {
        NotTried,
        Yes,
        No,
    }

    public SpoolBudget Budget { get; } = new(options.Value.MaxSpoolBytes);

    public long Dropped => Volatile.Read(ref _dropped);

    public string? Folder { get; set; }

    public ErrorTrackingStatus Status => new(
        Folder is not null,
        Budget.Waiting,
        Dropped,
        Volatile.Read(ref _drainedAt) is var ticks && ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero),
        _reached switch { Reached.Yes => true, Reached.No => false, _ => null },
        Folder);

    public void AddDropped(long errors) => Interlocked.Add(ref _dropped, errors);

    public void DatabaseTook(DateTimeOffset at)
    {
        Volatile.Write(ref _drainedAt, at.UtcTicks);
        _reached = Reached.Yes;
    }

    public void DatabaseFailed() => _reached = Reached.No;

    /// <summary>Something waits.</summary>
    public void Signal()
    {
        if (_filled.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _filled.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // Another thread was first; or the end has come, and the queue is left to the next process.
        }
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _filled.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _filled.Dispose();
}
