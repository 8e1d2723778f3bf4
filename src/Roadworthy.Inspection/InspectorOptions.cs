using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;

namespace Roadworthy.Inspection;

/// <summary>What is inspected, by which probes, for how long.</summary>
internal sealed class InspectorOptions
{
    public const string DatabaseName = "inspected";

    /// <summary>What the report calls it.</summary>
    public required string Name { get; init; }

    /// <summary>How it is started; null where it runs already.</summary>
    public BackendOptions? Backend { get; init; }

    public string? Command => Backend?.Command;

    /// <summary>In order, the most telling first.</summary>
    public required IReadOnlyList<IProbe> Probes { get; init; }

    /// <summary>How long is probed, once the backend is surveyed. Default: 60 seconds.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    public int Seed { get; init; } = 1;

    /// <summary>The folder for reports; null for none.</summary>
    public string? Output { get; init; }

    /// <summary>A file, a path or an address that describes the API. Default null: it is looked for.</summary>
    public string? Description { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Accounts { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Is told what is being done.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Is told each result as it comes.</summary>
    public Action<RuleResult>? Found { get; init; }

    internal SetupOptions Setup(string through, string direct) => new()
    {
        Backend = Backend, ConnectionString = through, DirectConnectionString = direct, Description = Description, Accounts = Accounts, Seed = Seed,
    };
}
