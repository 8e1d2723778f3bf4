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
        _database = DatabaseAddress.From(connectionString);
        _options = NodeScripts.Heeding(options.Directory, options.Command) is { } heeding ? options with { Command = heeding } : options;
        _names = EnvironmentNames.In(options.Directory);
        Migration = options.Migrate switch
        {
            null => MigrationFinder.Find(options.Directory, options.Command),
            "" => Migration.None("There is none, as was said."),
            var command => Migration.Run(command, "It was given."),
        };
        if (Migration.Command is { } script && NodeScripts.Heeding(options.Directory, script) is { } mended) Migration = Migration with { Command = mended, Why = $"{Migration.Why} What it loads must not override the database that is given." };
        // Whoever gives the command for the schema gives this with it.
        if (options.Migrate is null && SeedFinder.Find(options.Directory) is { } seed) Seed = NodeScripts.Heeding(options.Directory, seed) ?? seed;
    }

    /// <summary>How the schema is brought up: to be shown before it is.</summary>
    public Migration Migration { get; }

    /// <summary>What fills the new schema; null for nothing.</summary>
    public string? Seed { get; }

    /// <summary>Whether the backend itself brings the schema up, so that it can be filled only once that runs.</summary>
    public bool BringsSchemaUpItself => Migration is { Command: null or "", Scripts.Count: 0 };

    /// <summary>Where it is started.</summary>
    public string Directory => _options.Directory;

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

    /// <summary>Fills the schema, where the repository has something that does.</summary>
    /// <returns>What is to be told of it: it failed, and the inspection goes on without. Null otherwise.</returns>
    public async Task<string?> SeedAsync(CancellationToken ct)
    {
        if (Seed is not { } seed) return null;
        _options.Progress?.Invoke($"Running '{seed}': it fills the schema.");
        return await MigrationRun.SeedAsync(seed, _options, Environment(_options.Port ?? 0), ct);
    }

    /// <summary>Whether the backend is told that it is being developed with, other than by its user.</summary>
    public bool SaysDevelopment => BackendMode.SaysDevelopment(Environment(0)) && !BackendMode.SaysDevelopment(_options.Variables);

    /// <summary>Starts an instance; a second one beside the first where its command lets the port be told.</summary>
    /// <param name="ct">Gives up.</param>
    /// <param name="asInProduction">Whether it is told that it serves, whatever the first was told.</param>
    /// <exception cref="InspectionException">It does not come up.</exception>
    public async Task<RunningBackend> StartAsync(CancellationToken ct, bool asInProduction = false)
    {
        _options.Progress?.Invoke($"Starting '{_options.Command}' in '{_options.Directory}'.");
        var dropped = BackendProcess.Dropped(Environment(0)).ToList();
        if (dropped.Count > 0) _options.Progress?.Invoke($"There is no /bin/bash, and /bin/sh may not hand on {string.Join(", ", dropped)}: their names are no identifiers.");
        var instance = await RunningBackend.StartAsync(_options, port => asInProduction ? BackendMode.InProduction(Environment(port), _options.Variables) : Environment(port), ct);
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
        // Each goes, whatever becomes of another.
        await using var mail = Mail;
        await using var outbound = Outbound;
        await Task.WhenAll(_instances.Select(instance => instance.DisposeAsync().AsTask()));
    }

    private Dictionary<string, string> Environment(int port) => BackendEnvironment.Make(_database, _names, port, new Surroundings(Outbound.Address, Mail.Port), _options.Variables);
}
