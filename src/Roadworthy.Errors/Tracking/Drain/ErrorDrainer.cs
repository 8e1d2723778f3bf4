using Microsoft.Extensions.Hosting;
using Npgsql;
using Roadworthy.Errors.Tracking.Spool;
using Roadworthy.Errors.Tracking.Store;

namespace Roadworthy.Errors.Tracking.Drain;

/// <summary>The one in the process who hands errors to the database: soon after they came, and again and again while it is away.</summary>
internal sealed class ErrorDrainer(SpoolSink sink, TrackingState state, ErrorStore store, DrainReports reports, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(2);

    private readonly Leftovers _leftovers = new(state, store, reports);
    private SpoolDrain? _own;
    private long _adoptedAt = long.MinValue;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastChance);
        // What is not taken by now is the next process's.
        await TryDrainAsync(limit.Token).ConfigureAwait(false);
        reports.TellDropped(atOnce: true);
        _leftovers.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var wait = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await TryDrainAsync(stoppingToken).ConfigureAwait(false))
                {
                    wait = TimeSpan.Zero;
                    await state.WaitAsync(Idle, stoppingToken).ConfigureAwait(false);
                    await Task.Delay(Gathering, time, stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    wait = wait == TimeSpan.Zero ? FirstWait : wait * 2 < LongestWait ? wait * 2 : LongestWait;
                    await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), time, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<bool> TryDrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            reports.TellDropped();
            sink.Renew();
            if (sink.Open() is not { } spool)
            {
                reports.NoSpool(sink.Fault);
                return true;
            }

            reports.NoSpool(null);
            Adopt(spool);
            if (_own?.Folder != spool.Folder)
            {
                _own = new SpoolDrain(spool.Folder, spool, state.Budget, store, reports);
            }

            await _own.DrainAsync(cancellationToken).ConfigureAwait(false);
            await _leftovers.DrainAsync(cancellationToken).ConfigureAwait(false);
            reports.Succeeded();
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // Whatever it is, errors wait on disk, and it is tried again: the one thing that must not happen is that nobody tries.
        catch (Exception error)
#pragma warning restore CA1031
        {
            reports.Failed(error);
            return false;
        }
    }

    private void Adopt(ErrorSpool spool)
    {
        var now = Environment.TickCount64;
        if (_adoptedAt == long.MinValue || now - _adoptedAt >= (long)Idle.TotalMilliseconds)
        {
            _adoptedAt = now;
            _leftovers.Adopt(spool.Folder);
        }
    }
}
