namespace Roadworthy.Inspection.Backend;

/// <summary>Starts a user's backend on a database: its environment, its migrations, itself, and further instances of it.</summary>
internal sealed class BackendHost : IAsyncDisposable
{
    private readonly BackendOptions _options;
    private readonly DatabaseAddress _database;
    private readonly EnvironmentNames _names;
    private readonly List<RunningBackend> _instances = [];

    /// <param name="options">How it is started.</param>
    /// <param name="connectionString">The database, as Npgsql takes it: the address that the backend is given, which may be a proxy's.</param>
    public BackendHost(BackendOptions options, string connectionString)
    {
        (_options, _database) = (options, DatabaseAddress.From(connectionString));
        _names = EnvironmentNames.In(options.Directory);
        Migration = options.Migrate switch
        {
            null => MigrationFinder.Find(options.Directory, options.Command),
            "" => Migration.None("There is none, as was said."),
            var command => Migration.Run(command, "It was given."),
        };
    }

    /// <summary>How the schema is brought up: to be shown before it is.</summary>
    public Migration Migration { get; }

    /// <summary>Whether nothing in the repository lets the database's port be told: then only a server on 5432 will be found.</summary>
    public bool NeedsUsualPort => _names.NamesNoPort;

    /// <summary>Whether its port was given, so that no second instance can listen beside the first.</summary>
    public bool HasFixedPort => _options.Port is not null;

    /// <summary>What the backend wanted from elsewhere.</summary>
    public OutboundRecorder Outbound { get; } = new();

    /// <summary>What the backend mailed.</summary>
    public MailSink Mail { get; } = new();

    /// <summary>Brings the schema up. Its connection may be another than the backend's own: it needs no proxy.</summary>
    /// <exception cref="InspectionException">It failed; the message says what it wrote.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        _options.Progress?.Invoke(Migration.Command is { } command ? $"Running '{command}': {Migration.Why}" : Migration.Scripts.Count > 0 ? $"Running {string.Join(", ", Migration.Scripts)}: {Migration.Why}" : Migration.Why);
        await MigrationRun.CarryOutAsync(Migration, _options, Environment(_options.Port ?? 0), _database, ct);
    }

    /// <summary>Starts an instance; a second one beside the first where its command lets the port be told.</summary>
    /// <exception cref="InspectionException">It does not come up.</exception>
    public async Task<RunningBackend> StartAsync(CancellationToken ct)
    {
        _options.Progress?.Invoke($"Starting '{_options.Command}' in '{_options.Directory}'.");
        var instance = await RunningBackend.StartAsync(_options, Environment, ct);
        _instances.Add(instance);
        return instance;
    }

    /// <summary>Ends one instance.</summary>
    public async Task StopAsync(RunningBackend instance)
    {
        if (_instances.Remove(instance)) await instance.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances) await instance.DisposeAsync();
        await Outbound.DisposeAsync();
        await Mail.DisposeAsync();
    }

    private Dictionary<string, string> Environment(int port) => BackendEnvironment.Make(_database, _names, port, new Surroundings(Outbound.Address, Mail.Port), _options.Variables);
}
