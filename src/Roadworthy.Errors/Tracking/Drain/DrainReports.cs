using Microsoft.Extensions.Options;
using Npgsql;

namespace Roadworthy.Errors.Tracking.Drain;

/// <summary>Tells of what happens to the queue: records below Error, counts, and the application's own callback.</summary>
internal sealed class DrainReports(
    IOptions<ErrorTrackingOptions> options, TrackingState state, TrackingMetrics metrics, TimeProvider time, ILogger<DrainReports> log)
{
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromSeconds(10);

    private bool _failing;
    private bool _noSpoolTold;
    private long _droppedTold;
    private DateTimeOffset _toldAt;

    public async ValueTask TookAsync(int taken, int unreadable, IReadOnlyList<ErrorRegression> regressions, CancellationToken cancellationToken)
    {
        metrics.Drained(taken);
        state.DatabaseTook(time.GetUtcNow());
        if (unreadable > 0)
        {
            Dropped(unreadable);
        }

        foreach (var regression in regressions)
        {
            metrics.Regressed();
            log.Regressed(regression.Release, regression.Type, regression.Message, regression.Culprit, regression.GroupId);
            await CallAsync(regression, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Refused(PostgresException error, ErrorOccurrence? occurrence) => log.Refused(error, occurrence?.TraceId);

    /// <summary>Once an outage.</summary>
    public void Failed(Exception error)
    {
        metrics.DrainFailed();
        state.DatabaseFailed();
        if (!_failing)
        {
            _failing = true;
            log.DrainFailed(error, state.Folder ?? "");
        }
    }

    public void Succeeded()
    {
        if (_failing)
        {
            _failing = false;
            log.DrainsAgain();
        }
    }

    /// <summary>Says so where errors were dropped since it was said last; not more often than the interval.</summary>
    public void TellDropped(bool atOnce = false)
    {
        var dropped = state.Dropped;
        var now = time.GetUtcNow();
        if (dropped > _droppedTold && (atOnce || now - _toldAt >= BetweenNotices))
        {
            log.ErrorsDropped(dropped - _droppedTold);
            (_droppedTold, _toldAt) = (dropped, now);
        }
    }

    public void NoSpool(string? reason)
    {
        if (reason is not null && !_noSpoolTold)
        {
            log.NoSpool(reason);
        }

        _noSpoolTold = reason is not null;
    }

    public void Adopted(long bytes) => log.Adopted(bytes);

    public void AdoptionFailed(Exception error, string folder) => log.AdoptionFailed(error, folder);

    private void Dropped(long errors)
    {
        state.AddDropped(errors);
        metrics.Dropped(errors);
    }

    private async ValueTask CallAsync(ErrorRegression regression, CancellationToken cancellationToken)
    {
        if (options.Value.OnRegression is not { } callback)
        {
            return;
        }

        try
        {
            await callback(regression, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The group has come back, whatever the application makes of it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.CallbackFailed(error, regression.GroupId);
        }
    }
}
