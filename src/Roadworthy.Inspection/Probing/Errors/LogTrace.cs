using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>What the output tells of one failure.</summary>
internal enum LogTrace
{
    /// <summary>Type, message and stack.</summary>
    Whole,

    /// <summary>What failed, but not where.</summary>
    NoStack,

    /// <summary>That something failed, and nothing of it: <c>{}</c>.</summary>
    Empty,

    /// <summary>Nothing at all.</summary>
    None,
}

/// <summary>Reads the output.</summary>
internal static partial class LogTraces
{
    public static LogTrace Of(IReadOnlyList<string> log)
    {
        // Lines of access logs tell of every request, and of no failure.
        var text = string.Join('\n', log.Select(BackendOutput.Plain).Where(line => !Access().IsMatch(line)));
        if (text.Trim().Length == 0) return LogTrace.None;
        var hasMessage = text.Contains(ErrorFindings.Canary, StringComparison.OrdinalIgnoreCase) || Message().IsMatch(text);
        if (hasMessage && Stack().IsMatch(text)) return LogTrace.Whole;
        return hasMessage ? LogTrace.NoStack : LogTrace.Empty;
    }

    /// <summary>Whether any line of it is a frame of a stack.</summary>
    public static bool HasFrames(IEnumerable<string> log) => log.Any(line => Stack().IsMatch(BackendOutput.Plain(line)));

    /// <summary>Whether something in the answer stands in the output too: an id that leads from the one to the other.</summary>
    public static bool LeadsTo(Exchange exchange)
    {
        var text = string.Join('\n', exchange.Log.Select(BackendOutput.Plain));
        return exchange.Response is { } response && response.Headers.Where(header => !header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).Concat(Texts(response.Json, 0))
            .SelectMany(value => Id().Matches(value).Select(match => match.Value)).Any(id => id.Any(char.IsAsciiDigit) && (text.Contains(id, StringComparison.OrdinalIgnoreCase) || IsShortened(id, text)));
    }

    /// <summary>Output for people shows the beginning of a long id, as a word of its own.</summary>
    private static bool IsShortened(string id, string text) => id.Length >= 16 && Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(id[..8])}(?![\w-])", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(2));

    private static IEnumerable<string> Texts(JsonNode? node, int depth) => depth > 4 ? [] : node switch
    {
        JsonObject of => of.Where(member => Names.Plain(member.Key) is not ("timestamp" or "time" or "date")).SelectMany(member => Texts(member.Value, depth + 1)),
        JsonArray list => list.SelectMany(item => Texts(item, depth + 1)),
        JsonValue => [JsonCopy.Scalar(node) ?? ""],
        _ => [],
    };

    [GeneratedRegex(@"^\S*\s*""?(?:GET|POST|PUT|PATCH|DELETE)\s+\S+\s+(?:HTTP/[\d.]+""?\s+)?\d{3}\b|""(?:GET|POST|PUT|PATCH|DELETE) \S+ HTTP/[\d.]+"" \d{3}|Request (?:starting|finished) HTTP", RegexOptions.None, 2000)]
    private static partial Regex Access();

    // In an outage the words may be the driver's own.
    [GeneratedRegex(@"\b(?:ECONNREFUSED|ECONNRESET|EPIPE|08006|57P0[1-5]|57014|53300)\b|connection (?:terminated|refused|closed|was closed|reset)|terminating connection|\b\w+(?:Exception|Error): \S|timed? ?out", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Message();

    [GeneratedRegex(@"(?:^|\n|\\n|"")\s*at [^\n]*(?:\(|:\d+)|File \\?""[^""]+\\?"", line \d+|\.(?:rb|go|py|php|ex|rs|kt|java|cs|fs|[cm]?[jt]sx?):(?:line )?\d+|""stack""\s*:\s*""[^""]{10}", RegexOptions.None, 2000)]
    private static partial Regex Stack();

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9:_-]{7,63}")]
    private static partial Regex Id();
}
