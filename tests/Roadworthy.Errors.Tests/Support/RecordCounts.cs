using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>The counters of one application's meter.</summary>
public sealed class RecordCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new(StringComparer.Ordinal);

    public RecordCounts(IServiceProvider services)
    {
        var owner = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is "Roadworthy.Errors" && instrument.Meter.Scope == owner)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long Written => _sums.GetValueOrDefault("roadworthy.errors.records.written");

    public long Dropped => _sums.GetValueOrDefault("roadworthy.errors.records.dropped");

    public long Failed => _sums.GetValueOrDefault("roadworthy.errors.records.failed");

    public long Of(string instrument) => _sums.GetValueOrDefault(instrument);

    public void Dispose() => _listener.Dispose();
}
