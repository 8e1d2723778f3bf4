using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roadworthy.Errors.Tracking;
using Roadworthy.Errors.Tracking.Store;

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

    public static TrackingHost Start(Action<ErrorTrackingOptions> configure, TimeProvider? time = null, IErrorSink? sink = null)
    {
        var output = new RecordStream();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        if (sink is not null)
        {
            builder.Services.AddSingleton(sink);
        }

        builder.AddRoadworthyErrors(options => (options.Output, options.Format) = (output, RecordFormat.Json));
        builder.Services.AddRoadworthyErrorTracking(configure);
        var host = builder.Build();
        host.Start();
        return new TrackingHost(host, output);
    }

    public Task<int> PurgeAsync() => _host.Services.GetServices<IHostedService>().OfType<ErrorPurge>().Single().PurgeAsync(CancellationToken.None);

    public IEnumerable<string> Events(string name) =>
        Output.Records.Where(record => record.Has("eventName") && record.At("eventName") == name).Select(record => record.At("message"));

    public async ValueTask DisposeAsync()
    {
        Counts.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }
}
