namespace Roadworthy.Inspection.Api;

/// <summary>A repository's own files: what was fetched or made is left out, and not walked through.</summary>
internal static class RepositoryFiles
{
    private const int Most = 10_000;
    private const int Deepest = 6;

    private static readonly string[] Skipped = ["node_modules", ".git", "bin", "obj", "venv", ".venv", "vendor", "artifacts", "dist", "coverage", "__pycache__", "target"];

    /// <param name="directory">Whose.</param>
    /// <param name="largest">In bytes.</param>
    public static IEnumerable<FileInfo> In(string directory, long largest)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var folders = new Queue<(DirectoryInfo Folder, int Depth)>([(new DirectoryInfo(directory), 0)]);
        for (var count = 0; count < Most && folders.TryDequeue(out var at);)
        {
            foreach (var file in at.Folder.EnumerateFiles("*", options).Where(file => file.Length < largest).OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                if (count++ >= Most) yield break;
                yield return file;
            }

            if (at.Depth >= Deepest) continue;
            foreach (var folder in at.Folder.EnumerateDirectories("*", options).Where(folder => !Skipped.Contains(folder.Name, StringComparer.OrdinalIgnoreCase)).OrderBy(folder => folder.Name, StringComparer.Ordinal))
                folders.Enqueue((folder, at.Depth + 1));
        }
    }

    /// <summary>Empty where it can't be read: it belongs to somebody else, or has gone meanwhile.</summary>
    public static string TextOf(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
