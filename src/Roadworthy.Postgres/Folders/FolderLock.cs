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
            if (TryTake(Path.Combine(folder, "lock")) is { } file)
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

    public void Dispose() => _file.Dispose();

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
