using System.Diagnostics.Metrics;

namespace Roadworthy.Errors.Metrics;

internal sealed class ErrorsMetrics
{
    public const string MeterName = "Roadworthy.Errors";

    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _sinks;

    public ErrorsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _written = meter.CreateCounter<long>("roadworthy.errors.records.written", "{record}", "Records handed to the operating system.");
        _dropped = meter.CreateCounter<long>("roadworthy.errors.records.dropped", "{record}", "Records below Error that found the queue full.");
        _failed = meter.CreateCounter<long>("roadworthy.errors.records.failed", "{record}", "Records that could not be formatted or written.");
        _sinks = meter.CreateCounter<long>("roadworthy.errors.sinks_failed", "{error}", "Errors that a sink of IErrorSink threw at.");
    }

    public void Written(long records) => Count(_written, records);

    public void Dropped(long records) => Count(_dropped, records);

    public void Failed(long records) => Count(_failed, records);

    public void SinkFailed() => Count(_sinks, 1);

    private static void Count(Counter<long> counter, long records)
    {
        try
        {
            counter.Add(records);
        }
#pragma warning disable CA1031 // A listener's fault must not reach the code that logs.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
