using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Wire.Benchmarks.Measuring;

namespace Roadworthy.Wire.Benchmarks.Routes;

/// <summary>A way to PostgreSQL, with a process of its own in between, or none.</summary>
internal sealed class Route(string name, int port, Process? process) : IDisposable
{
    public const string Nothing = "direct";
    public const string Ours = "roadworthy";
    public const string HAProxy = "haproxy";
    public const string PgBouncer = "pgbouncer";

    public string Name => name;

    public int Port => port;

    public TimeSpan Cpu() => process is null ? TimeSpan.Zero : Measuring.Cpu.Of(process.Id);

    public static Route Direct(PostgresServer postgres) => new(Nothing, postgres.Port, null);

    public static async Task<Route> ToOursAsync(PostgresServer postgres)
    {
        var process = Start(Environment.ProcessPath!, "proxy", $"{postgres.Port}");
        var line = await process.StandardOutput.ReadLineAsync();
        return new(Ours, int.Parse(line!.Split(' ')[^1], CultureInfo.InvariantCulture), process);
    }

    public static Task<Route> ToHAProxyAsync(PostgresServer postgres, BenchFolder folder)
    {
        var port = FreePort();
        var file = folder.Write("haproxy.cfg",
            $"""
            global
                maxconn 200
            defaults
                mode tcp
                timeout connect 5s
                timeout client 5m
                timeout server 5m
            listen postgres
                bind 127.0.0.1:{port}
                server postgres 127.0.0.1:{postgres.Port}

            """);
        return StartedAsync(HAProxy, port, Start(Programs.Find("haproxy")!, "-db", "-f", file));
    }

    public static Task<Route> ToPgBouncerAsync(PostgresServer postgres, BenchFolder folder)
    {
        var port = FreePort();
        var password = new NpgsqlConnectionStringBuilder(postgres.GetConnectionString()).Password;
        var file = folder.Write("pgbouncer.ini",
            $"""
            [databases]
            bench = host=127.0.0.1 port={postgres.Port} dbname=bench user=postgres password={password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = session
            default_pool_size = 50

            """);
        return StartedAsync(PgBouncer, port, Start(Programs.Find("pgbouncer")!, Environment.UserName == "root" ? ["-q", "-u", "nobody", file] : ["-q", file]));
    }

    public void Dispose()
    {
        if (process is null) return;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task<Route> StartedAsync(string name, int port, Process process)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return new(name, port, process);
            }
            catch (SocketException) when (!process.HasExited && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(20);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
