using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>Fetched programs, one folder per version; a folder is either whole or not there.</summary>
internal static class BinaryCache
{
    private const string WorkPrefix = ".fetch-";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <exception cref="PostgresServerException">The folder belongs to someone else, who could then have this process run anything.</exception>
    public static string Open(string? given)
    {
        var folder = given ?? Place();
        Directory.CreateDirectory(folder);
        FolderOwner.RefuseLink(folder);
        if (OperatingSystem.IsWindows()) return folder;
        FolderOwner.Require(folder, "cache", Posix.EffectiveUser());
        File.SetUnixFileMode(folder, Readable);
        folder = Posix.RealPath(folder);
        Sweep(folder);
        return folder;
    }

    public static string NewWorkFolder(string cache) =>
        Directory.CreateDirectory(Path.Combine(cache, WorkPrefix + Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Another process that fetched at the same time may have been first: its folder is as good.</summary>
    public static void MoveIntoPlace(string unpacked, string place)
    {
        try
        {
            Directory.Move(unpacked, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
        }
    }

    // Not root's own home: the account that runs the server cannot read it.
    private static string Place()
    {
        var given = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (Path.IsPathRooted(given) && !ServerAccount.IsRoot) return Path.Combine(given, "roadworthy");
        if (ServerAccount.IsRoot) return "/var/cache/roadworthy";
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "roadworthy", "cache");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0) throw new PostgresServerException("there is no place for a cache, as neither HOME nor XDG_CACHE_HOME is set");
        return Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache", "roadworthy");
    }

    private static void Sweep(string cache)
    {
        foreach (var work in Directory.EnumerateDirectories(cache, WorkPrefix + "*"))
        {
            if (Directory.GetLastWriteTimeUtc(work) < DateTime.UtcNow.AddDays(-1)) Directory.Delete(work, recursive: true);
        }
    }
}
