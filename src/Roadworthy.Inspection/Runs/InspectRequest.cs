using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Runs;

/// <summary>What somebody wants inspected, from the command line and roadworthy.json together; enough to do it again.</summary>
internal sealed record InspectRequest
{
    public const string DefaultOutput = "roadworthy-report";

    public required string Name { get; init; }

    /// <summary>Null where the backend runs already.</summary>
    public string? Command { get; init; }

    /// <summary>The file that the command comes from; null where whoever asks has typed it.</summary>
    public string? CommandFile { get; init; }

    public string Directory { get; init; } = System.IO.Directory.GetCurrentDirectory();

    public string? Migrate { get; init; }

    /// <summary>The file that <see cref="Migrate"/> comes from; null where whoever asks has typed it, or there is none.</summary>
    public string? MigrateFile { get; init; }

    public int? Port { get; init; }

    /// <summary>Not filled yet: <c>${NAME}</c> is the shell's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public Uri? Url { get; init; }

    public string? Database { get; init; }

    public bool DatabaseIsDisposable { get; init; }

    public int ProxyPort { get; init; }

    public string? Api { get; init; }

    /// <summary>Not filled yet: <c>${NAME}</c> is the shell's.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Accounts { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    public int Seed { get; init; } = 1;

    public string Output { get; init; } = DefaultOutput;

    public string? Baseline { get; init; }

    public FailOn FailOn { get; init; } = FailOn.Low;

    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Skip { get; init; } = [];

    public IReadOnlyList<string> Endpoints { get; init; } = [];

    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>What an inspector takes.</summary>
    /// <exception cref="InspectionException">The shell lacks a variable that is wanted.</exception>
    public InspectorOptions ToOptions(IReadOnlyList<IProbe> probes, Func<string, string?> shell, Action<string>? progress = null, Action<ProbeClock>? timed = null, Action<RuleResult>? found = null)
    {
        var environment = FromShell.Fill(Environment, shell);
        var accounts = Accounts.ToDictionary(account => account.Key, IReadOnlyDictionary<string, string> (account) => FromShell.Fill(account.Value, shell), StringComparer.Ordinal);
        var inline = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var command in (string?[])[Command, Migrate]) CommandSecrets.Take(command, inline);
        return new InspectorOptions
        {
            Name = Name,
            Target = Url,
            Database = Database,
            DatabaseIsDisposable = DatabaseIsDisposable,
            ProxyPort = ProxyPort,
            Backend = Command is null ? null : new BackendOptions { Command = Command, Directory = Directory, Migrate = Migrate, Port = Port, Variables = environment, Progress = progress },
            Probes = probes,
            Budget = Budget,
            Seed = Seed,
            Output = Output,
            Description = Api,
            Accounts = accounts,
            Progress = progress,
            Timed = timed,
            Found = found,
            Secrets = [.. inline.Values, .. environment.Where(pair => SecretNames.Holds(pair.Key)).Select(pair => pair.Value), .. accounts.Values.SelectMany(account => account).Where(pair => SecretNames.Holds(pair.Key)).Select(pair => pair.Value)],
            Wants = rule => (Only.Count == 0 || Only.Contains(rule.Id, StringComparer.OrdinalIgnoreCase)) && !Skip.Contains(rule.Id, StringComparer.OrdinalIgnoreCase),
            WantsEndpoint = endpoint => Endpoints.Count == 0 || Endpoints.Contains(endpoint, StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>What is to be counted of a report, and from what on it is one with findings.</summary>
    /// <exception cref="InspectionException">The baseline can't be read.</exception>
    public InspectionReport Sift(InspectionReport report, IReadOnlySet<string>? known = null) =>
        Sieve.Apply(report, Suppressions, known ?? (Baseline is null ? new HashSet<string>(StringComparer.Ordinal) : Configuration.Baseline.Read(Baseline))) with { FailOn = FailOn };
}
