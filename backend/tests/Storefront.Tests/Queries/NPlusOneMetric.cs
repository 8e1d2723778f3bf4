using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Storefront.Tests.Queries;

/// <summary>The counter of N+1 by route, as a collector of metrics sees it.</summary>
internal sealed class NPlusOneMetric : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public NPlusOneMetric(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "roadworthy.queries.n_plus_one" && ReferenceEquals(instrument.Meter.Scope, factory)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var route = "";
            foreach (var tag in tags)
            {
                if (tag.Key == "http.route") route = (string)tag.Value!;
            }

            lock (_counts) _counts[route] = _counts.GetValueOrDefault(route) + value;
        });
        _listener.Start();
    }

    public long Of(string route)
    {
        lock (_counts) return _counts.GetValueOrDefault(route);
    }

    public void Dispose() => _listener.Dispose();
}
