using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>A logger that writes through Roadworthy.Errors into memory.</summary>
public sealed class Recorder : IDisposable
{
    private readonly ServiceProvider _services;

    public Recorder(Action<ErrorsOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace));
        services?.Invoke(collection);
        collection.AddRoadworthyErrors(options =>
        {
            options.Output = Output;
            configure?.Invoke(options);
        });
        _services = collection.BuildServiceProvider();
        Log = _services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders");
    }

    public RecordStream Output { get; } = new();

    public ILogger Log { get; }

    public IServiceProvider Services => _services;

    /// <summary>The only record of an error with this exception.</summary>
    public static JsonElement RecordOf(Exception exception, Action<ErrorsOptions>? configure = null) =>
        RecordOf(log => log.LogError(exception, "It failed"), configure);

    public static JsonElement RecordOf(Action<ILogger> log, Action<ErrorsOptions>? configure = null)
    {
        using var recorder = new Recorder(configure);
        log(recorder.Log);
        recorder.Dispose();
        return Assert.Single(recorder.Output.Records);
    }

    public void Dispose() => _services.Dispose();
}
