using System.Globalization;

namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>The folder of one process's queue: numbered segments, and a lock that the operating system gives back however the process ends.</summary>
internal sealed class SpoolFolder : IDisposable
{
    private const string LockName = "lock";
    private const string Extension = ".spool";

    private readonly FileStream _lock;

    private SpoolFolder(string path, Guid id, FileStream held) => (Path, Id, _lock) = (path, id, held);

    public string Path { get; }

    public Guid Id { get; }

    public static SpoolFolder Create(string parent)
    {
        for (var attempt = 1; ; attempt++)
        {
            var id = Guid.CreateVersion7();
            var path = System.IO.Path.Combine(parent, id.ToString());
            PrivateFolder.Make(path);
            // Another process may take the folder for a dead one's in this moment, and remove it.
            if (TryLock(path, FileMode.CreateNew) is { } held)
            {
                return new SpoolFolder(path, id, held);
            }

            if (attempt == 5)
            {
                throw new IOException($"No lock could be taken on a new folder in '{parent}'.");
            }
        }
    }

    /// <summary>Takes the folder of a process that is dead; null where it lives, or somebody else took it.</summary>
    public static SpoolFolder? TryAdopt(string path) =>
        Guid.TryParseExact(System.IO.Path.GetFileName(path), "D", out var id) && new DirectoryInfo(path) is { LinkTarget: null }
        && TryLock(path, FileMode.Open) is { } held
            ? new SpoolFolder(path, id, held)
            : null;

    public string PathOf(int segment) => System.IO.Path.Combine(Path, segment.ToString("D8", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The numbers of the segments, the oldest first.</summary>
    public List<int> Segments()
    {
        var numbers = new List<int>();
        foreach (var file in new DirectoryInfo(Path).EnumerateFiles("*" + Extension))
        {
            if (file.LinkTarget is null && int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }

    /// <summary>Removes the folder. The lock goes last: until then nobody else takes it.</summary>
    public void Remove()
    {
        try
        {
            File.Delete(System.IO.Path.Combine(Path, LockName));
            Directory.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What somebody put into it stays.
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path, FileMode mode)
    {
        try
        {
            return new FileStream(
                System.IO.Path.Combine(path, LockName),
                PrivateFolder.Private(new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 }));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
