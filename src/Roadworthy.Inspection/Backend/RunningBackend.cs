using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Backend;

/// <summary>A backend that answers.</summary>
internal sealed class RunningBackend : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OtherPortDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostOtherPortDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SlowPortDelay = TimeSpan.FromSeconds(20);

    private readonly Func<CancellationToken, Task<(BackendProcess, Uri)>> _start;
    private BackendProcess _process;

    private RunningBackend(Func<CancellationToken, Task<(BackendProcess, Uri)>> start, BackendProcess process, Uri address) => (_start, _process, Address) = (start, process, address);

    /// <summary>Where it listens; another port may be after a restart.</summary>
    public Uri Address { get; private set; }

    public BackendOutput Output => _process.Output;

    public bool HasExited => _process.HasExited;

    /// <summary>The processes that it consists of.</summary>
    public IReadOnlyList<int> Processes => ProcessTree.Of(_process.Marker);

    /// <exception cref="InspectionException">It ended, or did not answer in time; the message holds what it wrote last.</exception>
    public static async Task<RunningBackend> StartAsync(BackendOptions options, Func<int, IReadOnlyDictionary<string, string>> environment, CancellationToken ct)
    {
        async Task<(BackendProcess, Uri)> Start(CancellationToken token)
        {
            var port = options.Port ?? FreePort();
            var process = BackendProcess.Start(options.Command, options.Directory, environment(port));
            try
            {
                return (process, await ReadyAsync(process, options, port, token));
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }
        }

        var (first, address) = await Start(ct);
        return new RunningBackend(Start, first, address);
    }

    /// <summary>Ends it and starts it anew. Its output begins anew too.</summary>
    /// <exception cref="InspectionException">It does not come back.</exception>
    public async Task RestartAsync(CancellationToken ct)
    {
        await _process.DisposeAsync();
        (_process, Address) = await _start(ct);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<Uri> ReadyAsync(BackendProcess process, BackendOptions options, int port, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        (long Since, TimeSpan After)? other = null;
        while (Stopwatch.GetElapsedTime(started) < options.StartTimeout)
        {
            var gone = process.HasExited && ProcessTree.Of(process.Marker).Count == 0;
            if (gone) throw new InspectionException($"'{options.Command}' ended with {process.ExitCode} before it answered.{NodeScripts.Missing(options.Directory, options.Command)} It wrote last:\n{Last(process)}");
            var candidates = Candidates(process, port).ToList();
            foreach (var candidate in candidates)
            {
                if (await AnsweringAsync(candidate, ct) is not { } answering) continue;
                // A port for metrics may be up before the one that it was told: that one is waited for, longer where it listens and is slow to answer, and as long again as it took to get here
                // where all is slow.
                other ??= (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(started));
                var again = other.Value.After < OtherPortDelay ? OtherPortDelay : other.Value.After < MostOtherPortDelay ? other.Value.After : MostOtherPortDelay;
                var delay = candidates.Exists(each => each.Port == port) ? SlowPortDelay : again;
                if (candidate.Port == port || Stopwatch.GetElapsedTime(other.Value.Since) > delay) return answering;
            }

            await Task.Delay(Pause, ct);
        }

        throw new InspectionException($"'{options.Command}' did not answer any HTTP request within {options.StartTimeout.TotalSeconds:0} s. Give its port if it is not its own child that listens. It wrote last:\n{Last(process)}");
    }

    /// <summary>The told port first; else whichever its processes listen on.</summary>
    private static IEnumerable<Uri> Candidates(BackendProcess process, int port)
    {
        var ports = ProcessTree.ListeningPorts(ProcessTree.Of(process.Marker));
        // Where sockets can't be looked at, the told one is all there is; else somebody else may be listening there.
        if (!Directory.Exists("/proc/self")) ports = [port];
        return ports.OrderByDescending(each => each == port).Select(each => new Uri($"http://127.0.0.1:{each}"));
    }

    /// <summary>By the scheme that it speaks there; null where nobody answers yet.</summary>
    private static async Task<Uri?> AnsweringAsync(Uri address, CancellationToken ct)
    {
        foreach (var scheme in (string[])["http", "https"])
        {
            var candidate = new UriBuilder(address) { Scheme = scheme }.Uri;
            using var client = new ApiClient(candidate, TimeSpan.FromSeconds(5));
            var exchange = await client.SendAsync(new WireRequest("GET", "/", [new("Accept", "*/*")]), Identity.AnonymousName, ct: ct);
            // Some servers tell whoever speaks HTTP to them that they speak HTTPS.
            if (exchange.Status == 400 && scheme == "http" && exchange.Response!.Text.Contains("HTTPS", StringComparison.Ordinal)) continue;
            if (exchange.Status != 0) return exchange.Status is 502 or 503 ? null : candidate;
            // Who has no connection at all needs no other scheme.
            if (!exchange.WasSent) return null;
        }

        return null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Last(BackendProcess process) => Secrets.Text(string.Join('\n', process.Output.Told(20)));
}
