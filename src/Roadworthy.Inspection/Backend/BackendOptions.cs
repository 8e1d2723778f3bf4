namespace Roadworthy.Inspection.Backend;

/// <summary>How a backend is started. Only the command is needed.</summary>
internal sealed record BackendOptions
{
    /// <summary>What a shell runs to start it: <c>npm start</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Where it is run. Default: the current folder.</summary>
    public string Directory { get; init; } = System.IO.Directory.GetCurrentDirectory();

    /// <summary>
    /// Variables of the user's own, which win over all others; <c>{host}</c>, <c>{port}</c>, <c>{user}</c>, <c>{password}</c>, <c>{database}</c> and
    /// <c>{url}</c> are filled in. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Brings the schema up, in a shell. Default null: recognised by the files there. Empty: there is nothing to do.</summary>
    public string? Migrate { get; init; }

    /// <summary>The port it listens on. Default null: it is told a free one, and found by its sockets whichever it takes.</summary>
    public int? Port { get; init; }

    /// <summary>How long it may take to answer a first request. A build counts. Default: two minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the migrations may take. Default: five minutes.</summary>
    public TimeSpan MigrateTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long what fills the schema may take. Default: one minute.</summary>
    public TimeSpan SeedTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Is told what is going to be run, a line each, before it is. Default: nobody is told.</summary>
    public Action<string>? Progress { get; init; }
}
