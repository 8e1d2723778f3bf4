using System.Diagnostics;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>What is installed on the machine: the newest that suits.</summary>
internal sealed class InstalledSource : BinarySource
{
    public override async Task<PostgresBinaries?> FindAsync(BinaryRequest request, Action<string> tried, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in await CandidatesAsync(request.Machine, tried, ct).ConfigureAwait(false))
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
        if (found.Count == 0) tried("no usable PostgreSQL in the folders where systems install it, nor by pg_config on PATH");
        return null;
    }

    private static async Task<List<string>> CandidatesAsync(Machine machine, Action<string> tried, CancellationToken ct)
    {
        var folders = machine.ExpandPlaces().ToList();
        if (machine.FindProgram("pg_config") is { } pgConfig)
        {
            try
            {
                var result = await Command.RunAsync(new ProcessStartInfo(pgConfig, ["--bindir"]), TimeSpan.FromSeconds(10), ct).ConfigureAwait(false);
                folders.Add(result.Output.Trim());
            }
            catch (PostgresServerException e)
            {
                tried(e.Message);
            }
        }

        return [.. folders.Where(folder => File.Exists(Program(folder, "postgres"))).Distinct(StringComparer.Ordinal)];
    }
}
