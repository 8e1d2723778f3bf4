using System.Diagnostics.Metrics;
using Roadworthy.Errors.Metrics;

namespace Roadworthy.Errors.Tracking;

internal sealed class TrackingMetrics
{
    private readonly Counter<long> _tracked;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _drained;
    private readonly Counter<long> _regressions;
    private readonly Counter<long> _failures;

    public TrackingMetrics(IMeterFactory meters, TrackingState state)
    {
        var meter = meters.Create(ErrorsMetrics.MeterName);
        _tracked = meter.CreateCounter<long>("roadworthy.errors.tracked", "{error}", "Errors that were put into the queue for the error groups.");
        _dropped = meter.CreateCounter<long>("roadworthy.errors.dropped", "{error}", "Errors that found the queue full or the disk unwilling: in no group.");
        _drained = meter.CreateCounter<long>("roadworthy.errors.drained", "{error}", "Errors that the database has taken from the queue.");
        _regressions = meter.CreateCounter<long>("roadworthy.errors.regressions", "{regression}", "Resolved groups that came back.");
        _failures = meter.CreateCounter<long>("roadworthy.errors.drain_failures", "{failure}", "Attempts to hand errors to the database that failed; they are repeated.");
        meter.CreateObservableGauge("roadworthy.errors.waiting", () => state.Budget.Waiting, "By", "What waits in the queue for the database.");
    }

    public void Tracked() => Count(_tracked, 1);

    public void Dropped(long errors) => Count(_dropped, errors);

    public void Drained(long errors) => Count(_drained, errors);

    public void Regressed() => Count(_regressions, 1);

    public void DrainFailed() => Count(_failures, 1);

    private static void Count(Counter<long> counter, long errors)
    {
        try
        {
            counter.Add(errors);
        }
#pragma warning disable CA1031 // A listener's fault must not reach the code that logs.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
