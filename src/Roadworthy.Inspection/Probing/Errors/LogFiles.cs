using System.Text;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>Files below the backend's directory that it writes its log to, and what has come to them: some frameworks write nothing of a failure to their output.</summary>
internal sealed class LogFiles(string directory)
{
    private const int MostFolders = 300;
    private const int MostFiles = 40;
    private const int Deepest = 3;
    private const int MostBytes = 256 * 1024;

    private static readonly string[] Others = ["node_modules", "vendor", "bin", "obj", "target", "dist", "build", "venv", "__pycache__"];
    private static readonly string[] LogFolders = ["log", "logs"];

    private readonly DateTime _began = DateTime.UtcNow;
    private Dictionary<string, long> _lengths = Lengths(directory);

    /// <summary>Whether one has been written to since the trials began.</summary>
    public bool Any => Find(directory).Any(file => file.LastWriteTimeUtc >= _began);

    /// <summary>From here on.</summary>
    public void Mark() => _lengths = Lengths(directory);

    /// <summary>The lines that have come since the mark, of all files.</summary>
    public IReadOnlyList<string> Written()
    {
        var lines = new List<string>();
        foreach (var file in Find(directory))
        {
            var from = _lengths.GetValueOrDefault(file.FullName);
            // One that is shorter was begun anew.
            if (file.Length != from) lines.AddRange(Read(file.FullName, from < file.Length ? from : 0));
        }

        return lines;
    }

    private static Dictionary<string, long> Lengths(string directory) => Find(directory).ToDictionary(file => file.FullName, file => file.Length, StringComparer.Ordinal);

    private static List<FileInfo> Find(string directory)
    {
        var (found, folders, seen) = (new List<FileInfo>(), new Queue<(DirectoryInfo Folder, int Depth)>(), 0);
        folders.Enqueue((new DirectoryInfo(directory), 0));
        while (folders.TryDequeue(out var next) && seen++ < MostFolders && found.Count < MostFiles)
        {
            try
            {
                var isLog = LogFolders.Contains(next.Folder.Name, StringComparer.OrdinalIgnoreCase);
                found.AddRange(next.Folder.EnumerateFiles().Where(file => isLog || file.Extension.Equals(".log", StringComparison.OrdinalIgnoreCase)).Take(MostFiles - found.Count));
                if (next.Depth == Deepest) continue;
                foreach (var folder in next.Folder.EnumerateDirectories().Where(folder => !folder.Name.StartsWith('.') && folder.LinkTarget is null && !Others.Contains(folder.Name, StringComparer.OrdinalIgnoreCase))) folders.Enqueue((folder, next.Depth + 1));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Nobody's log.
            }
        }

        return found;
    }

    private static string[] Read(string path, long from)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(from, SeekOrigin.Begin);
            var bytes = new byte[(int)Math.Clamp(file.Length - from, 0, MostBytes)];
            return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
