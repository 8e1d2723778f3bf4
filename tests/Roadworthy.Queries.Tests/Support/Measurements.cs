using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Queries.Tests.Support;

/// <summary>The meter, as a collector of metrics sees it.</summary>
public sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);

    public Measurements(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Roadworthy.Queries" && ReferenceEquals(instrument.Meter.Scope, factory)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of what was measured for a route.</summary>
    public double Of(string name, string route)
    {
        lock (_sums) return _sums.GetValueOrDefault($"roadworthy.queries.{name} {route}");
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = $"{instrument.Name} {(tags.Length > 1 ? tags[1].Value : "")}";
        lock (_sums) _sums[key] = _sums.GetValueOrDefault(key) + value;
    }
}
