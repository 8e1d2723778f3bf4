namespace Roadworthy.Errors.Tracking;

/// <summary>Where tracked errors wait and are kept, and for how long. Checked when the application starts; every fault is reported at once.</summary>
public sealed class ErrorTrackingOptions
{
    /// <summary>
    /// The database of the error groups, for a pool of at most two connections of its own: what fails must not be reported over what failed. No default; its
    /// tables are made by <see cref="ErrorsSchema"/>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The folder below which each process keeps the errors that the database has not taken yet. Made readable to its owner only; one that is somebody else's, or
    /// a link, is refused. Default: null, <c>roadworthy-errors</c> in the user's folder of local data, else in the system's temporary one. In a
    /// container, a volume that outlives it.
    /// </summary>
    public string? SpoolFolder { get; set; }

    /// <summary>
    /// The most that may wait in one process, in bytes, what it took over from dead ones included. What exceeds it is dropped and counted. Default: 67,108,864
    /// (64 MB). From 1,048,576 to 17,179,869,184.
    /// </summary>
    public long MaxSpoolBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>What is running, as it is told apart from what ran before. Default: null, the informational version of the application's assembly.</summary>
    public string? Release { get; set; }

    /// <summary>What tells this process from its siblings. Default: null, the machine's name and the process id.</summary>
    public string? Instance { get; set; }

    /// <summary>
    /// Beginnings of the namespaces that are one's own where the built-in list of libraries has them, such as <c>Microsoft.Contoso</c>. Own frames decide which
    /// errors are the same, and are the culprit. Default: empty.
    /// </summary>
    public ISet<string> OwnNamespaces { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Beginnings of namespaces that are libraries', added to the built-in list. Default: empty.</summary>
    public ISet<string> LibraryNamespaces { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How long the row of one occurrence is kept. Default: 30 days. From 1 hour to 3,660 days.</summary>
    public TimeSpan EventRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a group is kept after it was seen last. Default: 90 days. From <see cref="EventRetention"/> to 3,660 days.</summary>
    public TimeSpan GroupRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many occurrences of one group have a row; the oldest go first. Default: 10,000. From 100 to 1,000,000.</summary>
    public int MaxEventsPerGroup { get; set; } = 10_000;

    /// <summary>
    /// How many groups there may be. New ones beyond it are counted in one that is called "more groups than MaxGroups". Default: 5,000. From 10 to 100,000.
    /// </summary>
    public int MaxGroups { get; set; } = 5_000;

    /// <summary>Is told of a resolved group that has come back. What it throws is logged and changes nothing. Default: null.</summary>
    public Func<ErrorRegression, CancellationToken, ValueTask>? OnRegression { get; set; }
}
