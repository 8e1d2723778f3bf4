using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Tracking;
using Sentry;

namespace Roadworthy.Errors.Sentry;

/// <summary>
/// Sends errors to Sentry from one task: whoever fails puts his error into a queue and goes on. What the queue has no room for is dropped and counted.
/// Runs from before the first service starts until after the last has stopped, and, where the start fails, sends what came until the services are disposed.
/// </summary>
/// <remarks>No <see cref="BackgroundService"/>: one that is stopped right after its start never runs.</remarks>
internal sealed class SentryFeed : IHostedLifecycleService, IErrorSink, IDisposable, IAsyncDisposable
{
    private readonly SentryFeedOptions _options;
    private readonly EventJson _json;
    private readonly string _environment;
    private readonly Channel<ErrorOccurrence> _waiting;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;
    private Task? _sending;

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

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _sending ??= Task.Run(SendAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => EndAsync().WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => new(EndAsync());

    public void Dispose() => EndAsync().GetAwaiter().GetResult();

    /// <summary>Sends what waits, for no longer than the options say; what comes later is dropped and counted.</summary>
    private Task EndAsync()
    {
        _waiting.Writer.TryComplete();
        return _sending ??= _waiting.Reader.Completion.IsCompleted ? Task.CompletedTask : Task.Run(SendAllAsync);
    }

    private async Task SendAllAsync()
    {
        using var client = new SentryClient(ClientOptions());
        await foreach (var occurrence in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Send(client, occurrence);
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
