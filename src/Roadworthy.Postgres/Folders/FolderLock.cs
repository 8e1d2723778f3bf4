using System.Globalization;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Folders;

/// <summary>One holder per folder. The operating system gives the lock back when its holder dies, however it dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="PostgresServerException">A live process holds the folder.</exception>
    public static FolderLock Take(string folder)
    {
        var ownerFile = Path.Combine(folder, "owner");
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            if (TryTake(PathIn(folder)) is { } file)
            {
                PrivateFile.Write(ownerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                return new FolderLock(file);
            }

            // A process that was killed a moment ago may still hold its lock: only a live holder is a reason to give up.
            var holder = HolderOf(ownerFile);
            if (LiveProcess.IsAlive(holder) || Environment.TickCount64 > deadline) throw Busy(folder, holder);
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Of a folder that was made this moment.</summary>
    public static FolderLock TakeNew(string folder) => new(TryTake(PathIn(folder)) ?? throw new IOException($"'{PathIn(folder)}' is held by somebody else."));

    /// <summary>
    /// Whether nobody holds a folder's lock, in this container or another one that shares its disk: process ids say nothing of theirs. False where there
    /// is none.
    /// </summary>
    public static bool IsFree(string folder)
    {
        var path = PathIn(folder);
        if (new FileInfo(path) is not { Exists: true, LinkTarget: null }) return false;
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.None });
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string PathIn(string folder) => Path.Combine(folder, "lock");

    private static FileStream? TryTake(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            return null;
        }
    }

    private static int HolderOf(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id) ? id : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static PostgresServerException Busy(string folder, int holder)
    {
        var who = holder == Environment.ProcessId ? $"this very process ({holder})" : holder > 0 ? $"process {holder}" : "another process";
        return new PostgresServerException(
            $"The data folder '{folder}' is in use by {who}, which runs a server on it. Stop that first, use its connection string, or " +
            "choose another DataDirectory.");
    }
}
