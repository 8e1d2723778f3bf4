using System.Runtime.CompilerServices;

namespace Roadworthy.Queries.Tests.Support;

/// <summary>The lines of a test's own file.</summary>
internal static class Source
{
    /// <returns>Such as <c>CountTests.cs:41</c>: where the one line with this text stands.</returns>
    public static string LineOf(string text, [CallerFilePath] string file = "", [CallerLineNumber] int self = 0)
    {
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
