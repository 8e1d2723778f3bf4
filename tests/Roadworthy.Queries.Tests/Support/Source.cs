using System.Runtime.CompilerServices;

namespace Roadworthy.Queries.Tests.Support;

/// <summary>The lines of a test's own file.</summary>
internal static class Source
{
    /// <returns>Such as <c>CountTests.cs:41</c>: where the one line with this text stands.</returns>
    /// <param name="text">What stands in the line.</param>
    /// <param name="sibling">A file in Support; the caller's own by default.</param>
    /// <param name="file">The caller's.</param>
    /// <param name="self">The caller's line, which has the text as well.</param>
    public static string LineOf(string text, string? sibling = null, [CallerFilePath] string file = "", [CallerLineNumber] int self = 0)
    {
        if (sibling is not null) (file, self) = (Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file))!, "Support", sibling), 0);
        // A build in CI writes paths that do not tell where it was.
        var lines = File.ReadAllLines(file.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(Root(), file[3..]) : file);
        var at = Enumerable.Range(1, lines.Length).Single(n => n != self && lines[n - 1].Contains(text, StringComparison.Ordinal));
        return $"{Path.GetFileName(file)}:{at}";
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
