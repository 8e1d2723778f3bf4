using Microsoft.Extensions.Options;

namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>Puts each error into this process's queue.</summary>
internal sealed class SpoolSink(IOptions<ErrorTrackingOptions> options, TrackingState state, TrackingMetrics metrics) : IErrorSink, IDisposable
{
    private const long RetryMilliseconds = 10_000;

    private readonly Lock _opening = new();
    private volatile ErrorSpool? _spool;
    private long _retryAt = long.MinValue;
    private bool _closed;

    /// <summary>Why there is no queue; null where there is one, or none was wanted yet.</summary>
    public string? Fault { get; private set; }

    public void Take(ErrorOccurrence occurrence)
    {
        var entry = OccurrenceBytes.Write(occurrence);
        var bytes = entry.GetBuffer().AsSpan(0, (int)entry.Length);
        if (TryAppend(bytes) || (Renew() && TryAppend(bytes)))
        {
            metrics.Tracked();
            state.Signal();
            return;
        }

        Drop(1);
    }

    /// <summary>Starts anew where somebody has deleted the folder, as those do who tidy up temporary files.</summary>
    /// <returns>Whether it was deleted.</returns>
    public bool Renew()
    {
        lock (_opening)
        {
            if (_closed || _spool is not { } spool || Directory.Exists(spool.Folder.Path))
            {
                return false;
            }

            _spool = null;
            Drop(spool.Abandon());
            spool.Folder.Dispose();
            return true;
        }
    }

    /// <summary>The queue, made where it is not there yet; null where it can't be.</summary>
    public ErrorSpool? Open()
    {
        if (_spool is { } open)
        {
            return open;
        }

        lock (_opening)
        {
            if (_spool is null && !_closed && Environment.TickCount64 >= _retryAt)
            {
                TryOpen();
            }

            return _spool;
        }
    }

    public void Dispose()
    {
        lock (_opening)
        {
            _closed = true;
            if (_spool is not { } spool)
            {
                return;
            }

            spool.Dispose();
            try
            {
                if (spool.Folder.Segments().Count == 0)
                {
                    spool.Folder.Remove();
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The next process looks after it.
            }

            spool.Folder.Dispose();
        }
    }

    private bool TryAppend(Span<byte> entry) => Open() is { } spool && spool.TryAppend(entry);

    private void Drop(long errors)
    {
        state.AddDropped(errors);
        metrics.Dropped(errors);
    }

    private void TryOpen()
    {
        try
        {
            _spool = new ErrorSpool(SpoolFolder.Create(SpoolPlace.Open(options.Value)), state.Budget);
            (Fault, state.Folder) = (null, _spool.Folder.Path);
        }
#pragma warning disable CA1031 // Logging must not fail its caller: what is not kept is counted, and the reason told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fault = error.Message;
            _retryAt = Environment.TickCount64 + RetryMilliseconds;
        }
    }
}
