using System.Globalization;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>What tells one crash from another: the exception's type and its top frame, as far as the backend wrote them.</summary>
/// <param name="Type">Null where the log has none.</param>
/// <param name="Frame">The first frame of the backend's own; null where the log has none.</param>
internal sealed partial record CrashMark(string? Type, string? Frame, SourceLocation? Source)
{
    private static readonly string[] NotOwn =
        ["node_modules", "node:", "site-packages", "/usr/lib/", "dist-packages", " System.", " Microsoft.", " Npgsql.", "lambda_method", "/runtime/", "importlib", "/gems/"];

    public static CrashMark Of(IReadOnlyList<string> log)
    {
        // A logger that writes JSON has its stack in one line.
        var text = BackendOutput.Plain(string.Join('\n', log)).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        var type = TypeName().Match(text) is { Success: true } match ? match.Groups["type"].Value : null;
        var lines = text.Split('\n');
        // Python's innermost frame is its last.
        var own = lines.Select(line => line.TrimEnd()).Where(line => Frames().IsMatch(line) && !NotOwn.Any(part => line.Contains(part, StringComparison.Ordinal))).ToList();
        var top = own.Count == 0 ? null : PythonFrame().IsMatch(own[0]) ? own[^1] : own[0];
        if (top is null) return new(type, null, null);
        // What follows a stack within a line of JSON.
        if (!PythonFrame().IsMatch(top)) top = top.Split('"')[0];
        var place = Place().Match(top);
        var source = place.Success && int.TryParse(place.Groups["line"].Value, CultureInfo.InvariantCulture, out var number) ? new SourceLocation(File(place.Groups["file"].Value), number) : null;
        return new(type, Column().Replace(top.Trim(), ""), source);
    }

    /// <summary>Without <c>file://</c>, and what an address can't hold as it is.</summary>
    private static string File(string file) => !file.StartsWith("file://", StringComparison.Ordinal) ? file : Uri.UnescapeDataString(file["file://".Length..]) is var path && path is ['/', _, ':', ..] ? path[1..] : path;

    [GeneratedRegex(@"(?<![\w.])(?<type>(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Exception|Error|Violation|DoesNotExist|Failure))(?=[:\s(""'\\]|$)", RegexOptions.Multiline)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^\s*(?:at\s+\S|File "")")]
    private static partial Regex Frames();

    [GeneratedRegex(@"^\s*File """)]
    private static partial Regex PythonFrame();

    [GeneratedRegex(@"(?<file>(?:file://)?/[^\s:()""]+|[A-Za-z]:\\[^:()""]+)(?:"", line |:line |:)(?<line>\d+)")]
    private static partial Regex Place();

    [GeneratedRegex(@":\d+(?=\)?$)")]
    private static partial Regex Column();
}
