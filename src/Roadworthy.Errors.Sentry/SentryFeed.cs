using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Tracking;
using Sentry;

namespace Roadworthy.Errors.Sentry;

/// <summary>Sends errors to Sentry from one task: whoever fails puts his error into a queue and goes on. What the queue has no room for is dropped and counted.</summary>
internal sealed class SentryFeed : BackgroundService, IErrorSink
{
    private readonly SentryFeedOptions _options;
    private readonly EventJson _json;
    private readonly string _environment;
    private readonly Channel<ErrorOccurrence> _waiting;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;

    public SentryFeed(IOptions<SentryFeedOptions> options, OwnCode own, IHostEnvironment environment, IMeterFactory meters)
    {
        _options = options.Value;
        _json = new EventJson(own);
        _environment = _options.Environment ?? environment.EnvironmentName.ToLowerInvariant();
        _waiting = Channel.CreateBounded<ErrorOccurrence>(new BoundedChannelOptions(_options.MaxWaiting) { SingleReader = true });
        var meter = meters.Create("Roadworthy.Errors");
        _sent = meter.CreateCounter<long>("roadworthy.errors.sentry.sent", "{error}", "Errors handed to Sentry's client, which sends them.");
        _dropped = meter.CreateCounter<long>("roadworthy.errors.sentry.dropped", "{error}", "Errors that found Sentry's queue full, or that could not be put into its form.");
    }

    public void Take(ErrorOccurrence occurrence)
    {
        if (!_waiting.Writer.TryWrite(occurrence))
        {
            _dropped.Add(1);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var client = new SentryClient(ClientOptions());
        try
        {
            await foreach (var occurrence in _waiting.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                Send(client, occurrence);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            while (_waiting.Reader.TryRead(out var last))
            {
                Send(client, last);
            }
        }

        await client.FlushAsync(_options.FlushTimeout).ConfigureAwait(false);
    }

    private SentryOptions ClientOptions() => new()
    {
        Dsn = _options.Dsn,
        MaxQueueItems = _options.MaxWaiting,
        ShutdownTimeout = _options.FlushTimeout,
        // Nothing beyond what the record says: no user and machine names, no stack of this task, no list of assemblies.
        SendDefaultPii = false,
        IsEnvironmentUser = false,
        AttachStacktrace = false,
        AutoSessionTracking = false,
        ReportAssembliesMode = ReportAssembliesMode.None,
        MaxBreadcrumbs = 0,
    };

    private void Send(SentryClient client, ErrorOccurrence occurrence)
    {
        try
        {
            using var json = JsonDocument.Parse(_json.Of(occurrence, _environment).ToJsonString());
            client.CaptureEvent(SentryEvent.FromJson(json.RootElement));
            _sent.Add(1);
        }
#pragma warning disable CA1031 // One error that has no form must not end the feed.
        catch (Exception)
#pragma warning restore CA1031
        {
            _dropped.Add(1);
        }
    }
}
