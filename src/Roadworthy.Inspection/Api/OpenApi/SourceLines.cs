using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>On which line of a document an operation stands. By the look of the lines, which is enough for a link in a report.</summary>
internal sealed partial class SourceLines
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);

    private SourceLines()
    {
    }

    public static SourceLines Of(string text)
    {
        var result = new SourceLines();
        var (number, path) = (0, "");
        // A document in one line, or with lines like novels, has nothing to point to.
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.Length > 2000) continue;
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || (trimmed[0] is not ('"' or '\'' or '/') && !char.IsAsciiLetter(trimmed[0]))) continue;
            var match = Member().Match(trimmed.ToString());
            if (!match.Success) continue;
            var name = match.Groups["name"].Value;
            if (name.StartsWith('/')) (path, _) = (name, result._lines.TryAdd(name, number));
            else if (path.Length > 0 && Method().IsMatch(name)) result._lines.TryAdd($"{name} {path}", number);
        }

        return result;
    }

    /// <summary>From 1, or null.</summary>
    public int? Of(string method, string path) =>
        _lines.TryGetValue($"{method} {path}", out var line) || _lines.TryGetValue(path, out line) ? line : null;

    [GeneratedRegex("""^(["']?)(?<name>[^"']+?)\1\s*:""", RegexOptions.None, 1000)]
    private static partial Regex Member();

    [GeneratedRegex("^(get|put|post|delete|options|head|patch|trace)$", RegexOptions.IgnoreCase)]
    private static partial Regex Method();
}
