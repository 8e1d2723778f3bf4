using System.Diagnostics;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;
using Roadworthy.Errors.Tracking;
using Serilog;
using Serilog.Exceptions;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace Roadworthy.Errors.Benchmarks.Loggers;

/// <summary>Each as its guide sets it up for JSON lines, behind Microsoft.Extensions.Logging, with every record flushed to its file.</summary>
internal static class Contestants
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(1);

    public static Contestant Roadworthy(string folder)
    {
        var file = Path.Combine(folder, "roadworthy.json");
        var output = File.Create(file);
        var services = new ServiceCollection().AddRoadworthyErrors(options => (options.Output, options.Format) = (output, RecordFormat.Json)).BuildServiceProvider();
        return new("Roadworthy.Errors", Of(services), file, host: services);
    }

    public static async Task<Contestant> TrackedAsync(string folder, string connection)
    {
        var file = Path.Combine(folder, "tracked.json");
        var output = File.Create(file);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddRoadworthyErrors(options => (options.Output, options.Format) = (output, RecordFormat.Json));
        builder.Services.AddRoadworthyErrorTracking(options => (options.ConnectionString, options.SpoolFolder) = (connection, Path.Combine(folder, "spool")));
        var host = builder.Build();
        await host.StartAsync();
        var tracker = host.Services.GetRequiredService<ErrorTracker>();
        return new("Roadworthy.Errors, tracked", Of(host.Services), file, () => Wait(tracker), (IAsyncDisposable)host);
    }

    public static Contestant Clef(string folder) => Serilog("Serilog 4.4, CLEF", Path.Combine(folder, "serilog.json"), logger => logger);

    public static Contestant ClefWithExceptions(string folder) =>
        Serilog("Serilog + Exceptions 8.4", Path.Combine(folder, "exceptions.json"), logger => logger.Enrich.WithExceptionDetails());

    public static Contestant NLog(string folder)
    {
        var file = Path.Combine(folder, "nlog.json");
        var configuration = new NLog.Config.LoggingConfiguration();
        var layout = new JsonLayout { IncludeEventProperties = true, IncludeScopeProperties = true };
        foreach (var (name, text, encode) in new[] { ("time", "${longdate}", true), ("level", "${level}", true), ("logger", "${logger}", true), ("message", "${message}", true), ("exception", "${exception:format=@}", false) })
            layout.Attributes.Add(new JsonAttribute(name, text, encode));
        var target = new FileTarget("file") { FileName = file, Layout = layout, AutoFlush = true, KeepFileOpen = true };
        configuration.AddRule(global::NLog.LogLevel.Trace, global::NLog.LogLevel.Fatal, target);
        var factory = new NLog.LogFactory { Configuration = configuration };
        var services = new ServiceCollection().AddLogging(logging => logging.AddNLog(_ => factory)).BuildServiceProvider();
        return new("NLog 6.2, JsonLayout", Of(services), file, host: services);
    }

    /// <summary>Its output is the console's, which stands in a file here.</summary>
    public static Contestant JsonConsole(string folder)
    {
        var file = Path.Combine(folder, "console.json");
        Console.SetOut(new StreamWriter(File.Create(file)) { AutoFlush = true });
        var services = new ServiceCollection().AddLogging(logging => logging.AddJsonConsole()).BuildServiceProvider();
        return new("MEL JsonConsole", Of(services), file, host: services);
    }

    private static Contestant Serilog(string name, string file, Func<LoggerConfiguration, LoggerConfiguration> configure)
    {
        var logger = configure(new LoggerConfiguration().Enrich.FromLogContext()).WriteTo.File(new CompactJsonFormatter(), file, fileSizeLimitBytes: null).CreateLogger();
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(new SerilogLoggerProvider(logger, dispose: true))).BuildServiceProvider();
        return new(name, Of(services), file, host: services);
    }

    private static Microsoft.Extensions.Logging.ILogger Of(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders");

    private static void Wait(ErrorTracker tracker)
    {
        var since = Stopwatch.StartNew();
        while (tracker.Status.WaitingBytes > 0)
        {
            if (since.Elapsed > DrainLimit) throw new TimeoutException($"{tracker.Status.WaitingBytes} bytes of errors still wait after {DrainLimit.TotalSeconds:0} s: the database does not take them.");
            Thread.Sleep(5);
        }
    }
}
