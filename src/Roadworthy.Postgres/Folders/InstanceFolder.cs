using System.Globalization;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Folders;

/// <summary>
/// Where one instance lives. <see cref="Root"/> is what the caller named; the server's account owns <see cref="Server"/> alone, so
/// that as root nothing is read or written through a folder that another account can rearrange.
/// </summary>
internal sealed class InstanceFolder(string root, string server, ServerAccount account, bool isThrowaway, FolderLock? @lock) : IDisposable
{
    public string Root { get; } = root;

    /// <summary>The folder of the server's account: cluster, log, and the watchdog's process id.</summary>
    public string Server { get; } = server;

    public ServerAccount Account { get; } = account;

    public bool IsThrowaway => isThrowaway;

    public string Cluster => Path.Combine(Server, "data");

    public string Log => Path.Combine(Server, "server.log");

    public string WatchdogId => Path.Combine(Server, "watchdog");

    public bool IsInitialised => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    /// <summary>The major version of PostgreSQL that made the cluster; null when there is none yet.</summary>
    public int? Major() => MajorOf(Cluster);

    public static InstanceFolder Open(PostgresServerOptions options) =>
        options.DataDirectory is null ? ThrowawayFolder.Create() : KeptFolder.Open(options.DataDirectory);

    public void Dispose() => @lock?.Dispose();

    public static int? MajorOf(string cluster)
    {
        var file = Path.Combine(cluster, "PG_VERSION");
        if (!File.Exists(file)) return null;
        var text = File.ReadAllText(file).Trim();
        return int.TryParse(text.Split('.')[0], CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new PostgresServerException(
                $"'{file}' holds '{text}', which is not a version of PostgreSQL: the cluster is damaged. Restore its folder, or delete " +
                "it to start afresh.");
    }
}
