using System.Diagnostics;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>What is installed on the machine: the newest that suits.</summary>
internal sealed class InstalledSource : BinarySource
{
    // Each star stands for one folder's name.
    private static readonly string[] Places =
    [
        "/usr/lib/postgresql/*/bin", // Debian, Ubuntu
        "/usr/pgsql-*/bin", // Red Hat and the like
        "/usr/libexec/postgresql*", // Alpine
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        @"C:\Program Files\PostgreSQL\*\bin",
    ];

    public override async Task<PostgresBinaries?> FindAsync(BinaryRequest request, Action<string> tried, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in await CandidatesAsync(ct).ConfigureAwait(false))
        {
            try
            {
                found.Add(new PostgresBinaries(directory, await InspectAsync(directory, request, ct).ConfigureAwait(false), "the system's"));
            }
            catch (PostgresServerException e)
            {
                tried(e.Message);
            }
        }

        var best = found.Where(binaries => request.Suits(binaries.Version)).MaxBy(binaries => binaries.Version);
        if (best is not null) return best;
        foreach (var other in found) tried($"'{other.Directory}' is PostgreSQL {other.Version}; {request.Wanted} is needed");
        if (found.Count == 0) tried("no installed PostgreSQL in the usual folders, nor by pg_config on PATH");
        return null;
    }

    private static async Task<List<string>> CandidatesAsync(CancellationToken ct)
    {
        var folders = Places.SelectMany(Expand).ToList();
        if (FindOnPath("pg_config") is { } pgConfig)
        {
            var result = await Command.RunAsync(new ProcessStartInfo(pgConfig, ["--bindir"]), TimeSpan.FromSeconds(10), ct).ConfigureAwait(false);
            if (result.ExitCode == 0) folders.Add(result.Output.Trim());
        }

        return [.. folders.Where(folder => File.Exists(Program(folder, "postgres"))).Distinct(StringComparer.Ordinal)];
    }

    public static string? FindOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => OperatingSystem.IsWindows() ? new[] { name + ".exe", name + ".cmd" }.Select(file => Path.Combine(folder, file)) : [Path.Combine(folder, name)])
        .FirstOrDefault(File.Exists);

    private static IEnumerable<string> Expand(string pattern)
    {
        var separator = pattern.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        if ((separator == '\\') != OperatingSystem.IsWindows()) return [];
        var parts = pattern.Split(separator);
        var star = Array.FindIndex(parts, part => part.Contains('*', StringComparison.Ordinal));
        var parent = string.Join(separator, parts[..star]) + separator;
        var rest = parts[(star + 1)..];
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, parts[star]).Select(folder => Path.Combine([folder, .. rest]))
            : [];
    }
}
