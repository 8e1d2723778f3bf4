using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Folders;

/// <summary>A private folder for a cluster that nobody will miss, in memory where there is room.</summary>
internal static class ThrowawayFolder
{
    public const string Prefix = "roadworthy-postgres-";

    private const string Memory = "/dev/shm";
    private const long Needed = 1L << 30;

    public static bool IsInMemory(string folder) => folder.StartsWith(Memory + "/", StringComparison.Ordinal);

    public static InstanceFolder Create()
    {
        var account = ServerAccount.Choose();
        var parent = Parent();
        try
        {
            var folder = OperatingSystem.IsWindows()
                ? Directory.CreateTempSubdirectory(Prefix).FullName
                : Posix.CreatePrivateFolder(Path.Combine(parent, Prefix));
            // Taken while the folder is our own still: nobody can have put a link in the lock's place.
            var held = FolderLock.TakeNew(folder);
            if (account.IsAnother) Posix.ChangeOwner(folder, account.Uid, account.Gid);
            return new InstanceFolder(folder, folder, account, isThrowaway: true, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PostgresServerException(
                $"No folder for a throwaway cluster could be made in '{parent}': {e.Message}. Set TMPDIR to a folder that can be " +
                "written to, or set DataDirectory.", e);
        }
    }

    private static string Parent() => HasRoomInMemory() ? Memory : TemporaryFiles();

    private static string TemporaryFiles() =>
        OperatingSystem.IsWindows() ? Path.GetTempPath() : Posix.RealPath(Path.GetTempPath().TrimEnd('/') is { Length: > 0 } temp ? temp : "/");

    private static bool HasRoomInMemory()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Memory)) return false;
        try
        {
            return new DriveInfo(Memory).AvailableFreeSpace >= Needed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
