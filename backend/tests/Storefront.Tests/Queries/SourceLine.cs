using System.Runtime.CompilerServices;

namespace Storefront.Tests.Queries;

/// <summary>Finds a line in a file of this folder, as a guard would name it.</summary>
internal static class SourceLine
{
    public static string Of(string file, string text, [CallerFilePath] string caller = "")
    {
        var folder = Path.GetDirectoryName(caller)!;
        // A build in CI writes paths that do not tell where it was.
        if (folder.StartsWith("/_/", StringComparison.Ordinal)) folder = Path.Combine(Root(), folder[3..]);
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        return $"{file}:{Enumerable.Range(1, lines.Length).Single(n => lines[n - 1].Contains(text, StringComparison.Ordinal))}";
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
