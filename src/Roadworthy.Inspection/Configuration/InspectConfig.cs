using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Configuration;

/// <summary>What roadworthy.json says. Null is what it says nothing of; the command line wins over it.</summary>
internal sealed record InspectConfig
{
    public const string FileName = "roadworthy.json";

    public static InspectConfig Empty { get; } = new();

    /// <summary>Where it was read; what paths in it are relative to. Null for none.</summary>
    public string? File { get; init; }

    public string? Name { get; init; }

    public string? Command { get; init; }

    public string? Directory { get; init; }

    public string? Migrate { get; init; }

    public int? Port { get; init; }

    /// <summary>Values may hold <c>${NAME}</c>, which is taken from the shell's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Api { get; init; }

    /// <summary>By identity: A, B, admin. Values as in <see cref="Environment"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Accounts { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    public TimeSpan? Budget { get; init; }

    public int? Seed { get; init; }

    public string? Output { get; init; }

    public string? Baseline { get; init; }

    public FailOn? FailOn { get; init; }

    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Skip { get; init; } = [];

    public IReadOnlyList<string> Endpoints { get; init; } = [];

    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>A path of this file, from where it stands.</summary>
    public string Resolve(string path) => File is null ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(File))!, path));
}
