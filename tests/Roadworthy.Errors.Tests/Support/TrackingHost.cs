using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>A host that does nothing but log, with tracking.</summary>
public sealed class TrackingHost : IAsyncDisposable
{
    private readonly IHost _host;

    private TrackingHost(IHost host, RecordStream output)
    {
        (_host, Output) = (host, output);
        Log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders");
        Tracker = host.Services.GetRequiredService<ErrorTracker>();
        Counts = new RecordCounts(host.Services);
    }

    public ILogger Log { get; }

    public ErrorTracker Tracker { get; }

    public RecordStream Output { get; }

    public RecordCounts Counts { get; }

    public IServiceProvider Services => _host.Services;

    public static TrackingHost Start(Action<ErrorTrackingOptions> configure, Action<ErrorsOptions>? errors = null)
    {
        var output = new RecordStream();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddRoadworthyErrors(options =>
        {
            (options.Output, options.Format) = (output, RecordFormat.Json);
            errors?.Invoke(options);
        });
        builder.Services.AddRoadworthyErrorTracking(configure);
        var host = builder.Build();
        host.Start();
        return new TrackingHost(host, output);
    }

    public IEnumerable<string> Events(string name) =>
        Output.Records.Where(record => record.Has("eventName") && record.At("eventName") == name).Select(record => record.At("message"));

    public async ValueTask DisposeAsync()
    {
        Counts.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }
}
