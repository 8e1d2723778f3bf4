using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Roadworthy.Postgres.Folders;

namespace Roadworthy.Postgres.Supervision;

/// <summary>Starts the server, and again where something passing stands in its way: a taken port, an earlier server that is just ending.</summary>
internal sealed class ServerStart(InstanceFolder folder, Supervisor supervisor, PostgresServerOptions options, int? preferredPort, bool isPortKept)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    // A port can be reported free and be taken a moment later; so often in a row it is not chance.
    private const int PortAttempts = 20;

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();

    public async Task<(int ProcessId, int Port)> RunAsync(CancellationToken ct)
    {
        var port = options.Port ?? preferredPort ?? FreePort();
        for (var taken = 0; ;)
        {
            var log = new ServerLog(folder);
            var (processId, said) = await TryAsync(port, log, ct).ConfigureAwait(false);
            if (processId > 0) return (processId, port);

            var text = log.Read();
            if (text.Contains("Address already in use", StringComparison.Ordinal))
            {
                if (isPortKept || options.Port is not null || ++taken == PortAttempts) throw PortTaken(port, text);
                port = FreePort();
            }
            else if (IsPassing(text) && _elapsed.Elapsed < options.StartTimeout)
            {
                await Leftovers.EndOrphansAsync(folder, ct).ConfigureAwait(false);
                await Task.Delay(RetryPause, ct).ConfigureAwait(false);
            }
            else
            {
                throw new PostgresServerException(
                    $"The server in '{folder.Root}' did not start on port {port}: {said}. Its log says why; correct what it names, then " +
                    $"start again.{ServerLog.Tail(text)}");
            }
        }
    }

    private async Task<(int ProcessId, string Said)> TryAsync(int port, ServerLog log, CancellationToken ct)
    {
        var before = PostmasterFile.Read(folder.Cluster);
        var starting = supervisor.StartAsync(port, options.StartTimeout, ct);
        // pg_ctl looks every 0.1 s: the file says it sooner.
        while (!starting.IsCompleted)
        {
            if (PostmasterFile.Read(folder.Cluster) is { IsReady: true } ready && !ready.IsSameStartAs(before)) return (ready.ProcessId, "");
            if (_elapsed.Elapsed > options.StartTimeout) throw TooSlow(port, log);
            await Task.Delay(PollInterval, ct).ConfigureAwait(false);
        }

        var reply = await starting.ConfigureAwait(false);
        return reply.Succeeded && PostmasterFile.Read(folder.Cluster) is { } file
            ? (file.ProcessId, "")
            : (0, $"pg_ctl ended with {reply.ExitCode}, '{reply.Output}'");
    }

    private static bool IsPassing(string log) =>
        log.Contains("pre-existing shared memory block", StringComparison.Ordinal) || log.Contains("\"postmaster.pid\" already exists", StringComparison.Ordinal);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private PostgresServerException PortTaken(int port, string log) => new(
        $"Port {port} on 127.0.0.1 is taken by another program, so the server in '{folder.Root}' cannot listen there. End that " +
        $"program, set another Port, or leave Port unset to get a free one.{ServerLog.Tail(log)}");

    private PostgresServerException TooSlow(int port, ServerLog log)
    {
        // Ends pg_ctl's wait as well: the watchdog is then free to clean up.
        if (PostmasterFile.Read(folder.Cluster) is { } file && Processes.LiveProcess.WorkingIn(folder.Cluster).Contains(file.ProcessId))
            Processes.Posix.Signal(file.ProcessId, Processes.Posix.SigQuit);
        return new(
            $"The server in '{folder.Root}' did not accept connections on port {port} within {options.StartTimeout.TotalSeconds:0.#} " +
            "seconds (StartTimeout). Raise it where the machine is slow or the server recovers from a " +
            $"crash.{ServerLog.Tail(log.Read())}");
    }
}
