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

    /// <summary>A backend that runs already, on loopback; <see cref="Database"/> is its database then.</summary>
    public Uri? Target { get; init; }

    public string? Command => Target is null ? Backend?.Command : null;

    /// <summary>A database of the user's, in place of a server of the inspection's own. Ignored unless it <see cref="DatabaseIsDisposable"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Whether the user said that nothing in <see cref="Database"/> is needed.</summary>
    public bool DatabaseIsDisposable { get; init; }

    /// <summary>Where the proxy before the database listens, on 127.0.0.1. Default 0: any port that is free.</summary>
    public int ProxyPort { get; init; }

    /// <summary>In order, the most telling first.</summary>
    public required IReadOnlyList<IProbe> Probes { get; init; }

    /// <summary>Which rules are judged. Default: all.</summary>
    public Func<Rule, bool> Wants { get; init; } = _ => true;

    /// <summary>Which endpoints are probed, by <see cref="Api.ApiOperation.Key"/>. Default: all.</summary>
    public Func<string, bool> WantsEndpoint { get; init; } = _ => true;

    /// <summary>How long the whole may take; the probes have half of it at least, however long it takes to start. Default: 60 seconds.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    public int Seed { get; init; } = 1;

    /// <summary>The folder for reports; null for none.</summary>
    public string? Output { get; init; }

    /// <summary>A file, a path or an address that describes the API, or a recording of its traffic (<c>.har</c>). Default null: it is looked for.</summary>
    public string? Description { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Accounts { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>What no report may show, wherever the backend says it.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Is told what is being done.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Is given the clock, once it runs.</summary>
    public Action<ProbeClock>? Timed { get; init; }

    /// <summary>Is told each result as it comes.</summary>
    public Action<RuleResult>? Found { get; init; }

    internal SetupOptions Setup(string through, string direct) => new()
    {
        Backend = Backend,
        Target = Target,
        ConnectionString = through,
        DirectConnectionString = direct,
        Description = Description,
        Accounts = Accounts,
        Seed = Seed,
        // A minute is what a backend of some size needs; who gives more time gives it to this too.
        SurveyTime = Budget < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : Budget,
    };
}
