using System.Diagnostics;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>Debian's and Ubuntu's own package, as root; without the cluster that it would make and start by itself.</summary>
internal sealed class AptSource : BinarySource
{
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.d";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public override async Task<PostgresBinaries?> FindAsync(BinaryRequest request, Action<string> tried, CancellationToken ct)
    {
        if (Obstacle(request) is { } obstacle)
        {
            tried("apt: " + obstacle);
            return null;
        }

        request.Options.Report("Installing PostgreSQL with apt-get (packages postgresql-common and postgresql), without a cluster of its own...");
        try
        {
            await AptGetAsync(["update"], ct).ConfigureAwait(false);
            await AptGetAsync(["install", "postgresql-common"], ct).ConfigureAwait(false);
            Directory.CreateDirectory(ClusterSettings);
            await File.WriteAllTextAsync(Path.Combine(ClusterSettings, "roadworthy.conf"), "create_main_cluster = false\n", ct).ConfigureAwait(false);
            await AptGetAsync(["install", "postgresql"], ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PostgresServerException or IOException)
        {
            tried("apt: " + e.Message);
            return null;
        }

        // The account 'postgres' is new with the package: the request's account still suits, and is what the folder belongs to.
        return await new InstalledSource().FindAsync(request, line => tried("after apt: " + line), ct).ConfigureAwait(false);
    }

    private static string? Obstacle(BinaryRequest request)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/etc/debian_version") || request.Machine.FindProgram("apt-get") is null) return "this is not Debian or Ubuntu";
        if (!ServerAccount.IsRoot) return "only root may install (sudo apt-get install postgresql)";
        return request.Options.AllowInstall ? null : "AllowInstall is false";
    }

    private static async Task AptGetAsync(string[] command, CancellationToken ct)
    {
        var start = new ProcessStartInfo("apt-get", ["-q", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", .. command]);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        var result = await Command.RunAsync(start, Patience, ct).ConfigureAwait(false);
        if (result.ExitCode != 0) throw new PostgresServerException($"'apt-get {string.Join(' ', command)}' ended with {result.ExitCode}: {result.Said}");
    }
}
