using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;
using Roadworthy.Inspection.Backend;
using Roadworthy.Postgres;
using Roadworthy.Wire;

namespace Roadworthy.Inspection;

/// <summary>What an inspection stands on and takes down again, whatever came of it: a database, the proxy before it, and the backend behind that.</summary>
internal sealed class InspectionGround : IAsyncDisposable
{
    // Machines of CI servers are shared, and slow at times.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private const int UsualPort = 5432;

    private PostgresServer? _server;

    private InspectionGround()
    {
    }

    /// <summary>The database without the proxy.</summary>
    public string Direct { get; private set; } = "";

    /// <summary>The database through the proxy: what the backend is given.</summary>
    public string Through { get; private set; } = "";

    /// <summary>Such as <c>PostgreSQL 15.18</c>.</summary>
    public string Database { get; private set; } = "";

    public WireProxy Wire { get; private set; } = null!;

    public StatementLog Statements { get; } = new();

    /// <summary>What could not pass the proxy, a sentence each.</summary>
    public ConcurrentBag<string> Troubles { get; } = [];

    /// <summary>Null until it is prepared.</summary>
    public InspectionSetup Setup { get; private set; } = null!;

    /// <summary>Database and proxy alone: whoever records starts the backend by other means.</summary>
    /// <exception cref="InspectionException">The given database can't be had, or may not be used.</exception>
    /// <exception cref="PostgresServerException">None could be started.</exception>
    public static async Task<InspectionGround> LayAsync(InspectorOptions options, CancellationToken ct)
    {
        var ground = new InspectionGround();
        try
        {
            await ground.OpenAsync(options, ct);
            return ground;
        }
        catch
        {
            await ground.DisposeAsync();
            throw;
        }
    }

    /// <summary>All of it, the backend surveyed.</summary>
    /// <exception cref="InspectionException">It can't begin; the message says what to do.</exception>
    public static async Task<InspectionGround> PrepareAsync(InspectorOptions options, CancellationToken ct)
    {
        if (options.Database is { } given) await GivenDatabase.RequireRestorableAsync(GivenDatabase.Require(given, options.DatabaseIsDisposable), ct);
        var ground = await LayAsync(options, ct);
        try
        {
            ground.Setup = await InspectionSetup.PrepareAsync(options.Setup(ground.Through, ground.Direct, ground.Statements), ct);
            return ground;
        }
        catch
        {
            await ground.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Each goes, whatever becomes of another.
        await using var server = _server;
        await using var wire = Wire;
        if (Setup is not null) await Setup.DisposeAsync();
    }

    private async Task OpenAsync(InspectorOptions options, CancellationToken ct)
    {
        if (options.Database is { } given)
        {
            (Direct, Database) = (GivenDatabase.Require(given, options.DatabaseIsDisposable), await GivenDatabase.VersionAsync(given, ct));
        }
        else
        {
            _server = await PostgresServer.StartAsync(new PostgresServerOptions { Progress = options.Progress, StartTimeout = StartTimeout, Settings = { ["max_connections"] = "300" } }, ct);
            await _server.CreateDatabaseAsync(InspectorOptions.DatabaseName, ct);
            (Direct, Database) = (_server.GetConnectionString(InspectorOptions.DatabaseName), $"PostgreSQL {_server.Version}");
        }

        var address = new NpgsqlConnectionStringBuilder(Direct);
        Wire = Listen(address, options);
        Through = new NpgsqlConnectionStringBuilder(Direct) { Host = "127.0.0.1", Port = Wire.Port }.ConnectionString;
    }

    /// <summary>On PostgreSQL's own port where the repository lets no other be told and nobody else has it.</summary>
    private WireProxy Listen(NpgsqlConnectionStringBuilder address, InspectorOptions options)
    {
        WireProxy On(int port) => WireProxy.Start(new WireProxyOptions { Host = address.Host!, Port = address.Port, ListenPort = port, Observer = Statements, Trouble = Troubles.Add });
        if (options is not { ProxyPort: 0, Backend.Directory: { } directory } || !EnvironmentNames.In(directory).NamesNoPort) return On(options.ProxyPort);
        try
        {
            return On(UsualPort);
        }
        catch (SocketException)
        {
            return On(0);
        }
    }
}
