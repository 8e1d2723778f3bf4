using System.Diagnostics;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>Debian's and Ubuntu's own package, as root; without the cluster that it would make and start by itself.</summary>
internal sealed class AptSource : BinarySource
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public override async Task<PostgresBinaries?> FindAsync(BinaryRequest request, Action<string> tried, CancellationToken ct)
    {
        if (Obstacle(request) is { } obstacle)
        {
            tried("apt: " + obstacle);
            return null;
        }

        request.Options.Report(
            "Installing PostgreSQL with apt-get (packages postgresql-common and postgresql), without a cluster of its own...");
        try
        {
            var aptGet = request.Machine.FindProgram("apt-get")!;
            await RunAsync(aptGet, ["update"], ct).ConfigureAwait(false);
            await RunAsync(aptGet, ["install", "postgresql-common"], ct).ConfigureAwait(false);
            var settings = Directory.CreateDirectory(Path.Combine(request.Machine.Configuration, "postgresql-common", "createcluster.d")).FullName;
            await File.WriteAllTextAsync(Path.Combine(settings, "roadworthy.conf"), "create_main_cluster = false\n", ct).ConfigureAwait(false);
            await RunAsync(aptGet, ["install", "postgresql"], ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PostgresServerException or IOException or UnauthorizedAccessException)
        {
            tried("apt: " + e.Message);
            return null;
        }

        // The account 'postgres' is new with the package: the request's account still suits, and is what the folder belongs to.
        return await new InstalledSource().FindAsync(request, line => tried("after apt: " + line), ct).ConfigureAwait(false);
    }

    private static string? Obstacle(BinaryRequest request)
    {
        var isDebian = OperatingSystem.IsLinux() && File.Exists(Path.Combine(request.Machine.Configuration, "debian_version"));
        if (!isDebian || request.Machine.FindProgram("apt-get") is null) return "this is not Debian or Ubuntu";
        if (!ServerAccount.IsRoot) return "only root may install (sudo apt-get install postgresql)";
        return request.Options.AllowInstall ? null : "AllowInstall is false";
    }

    private static async Task RunAsync(string aptGet, string[] command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(aptGet, ["-q", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", .. command]);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        var result = await Command.RunAsync(start, Patience, ct).ConfigureAwait(false);
        if (result.ExitCode != 0) throw new PostgresServerException(
            $"'apt-get {string.Join(' ', command)}' ended with {result.ExitCode}: {result.Said}");
    }
}
