using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Recording;

namespace Roadworthy.Inspection.Api.Traffic;

/// <summary>Which segments of the paths that were seen are values: by their look, or because an answer told them as something's name.</summary>
internal sealed partial class PathTemplates
{
    private const int MostTold = 20_000;

    private static readonly string[] Keys = ["id", "_id", "uuid", "slug", "username", "sku", "code", "handle", "key", "isbn"];

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    public PathTemplates(IEnumerable<RecordedExchange> exchanges)
    {
        foreach (var exchange in exchanges)
        {
            var segments = exchange.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (var at = 1; at < segments.Length; at++) if (segments[at] is ['{', _, .., '}']) _named.TryAdd(string.Join('/', segments.Take(at)), segments[at][1..^1]);
            if (exchange.ResponseBody is { Length: > 2 } body && body.AsSpan().TrimStart() is ['{' or '[', ..]) Learn(Parse(body), 0);
        }
    }

    /// <summary>The template, and the values that its parameters had.</summary>
    public (string Template, IReadOnlyList<KeyValuePair<string, string>> Values) Of(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        var values = new List<KeyValuePair<string, string>>();
        for (var at = 0; at < segments.Count; at++)
        {
            var isNamed = segments[at] is ['{', _, .., '}'];
            if (!isNamed && !IsValue(segments[at], at)) continue;
            var kind = at == 0 ? "" : Names.KindOf(segments[at - 1].Trim('{', '}'));
            var name = isNamed ? segments[at][1..^1] : Known(segments, at) ?? (kind.Length == 0 || kind.EndsWith("Id", StringComparison.Ordinal) ? "id" : kind + "Id");
            while (values.Any(value => value.Key == name)) name += "2";
            values.Add(new(name, isNamed ? Secrets.Mask : segments[at]));
            segments[at] = $"{{{name}}}";
        }

        return ("/" + string.Join('/', segments), values);
    }

    /// <summary>The name that a parameter at this place was given by whoever wrote the paths down.</summary>
    private string? Known(List<string> segments, int at) => _named.GetValueOrDefault(string.Join('/', segments.Take(at)));

    private bool IsValue(string segment, int at) => LooksLikeId().IsMatch(segment) || (at > 0 && segment.Length > 2 && !Version().IsMatch(segment) && _told.Contains(segment));

    private void Learn(JsonNode? node, int depth)
    {
        if (depth > 8 || _told.Count > MostTold) return;
        if (node is JsonArray list) foreach (var item in list.Take(200)) Learn(item, depth + 1);
        if (node is not JsonObject of) return;
        foreach (var (name, value) in of)
        {
            if (value is JsonObject or JsonArray) Learn(value, depth + 1);
            else if (Keys.Contains(name, StringComparer.OrdinalIgnoreCase) && JsonCopy.Scalar(value) is { } text) _told.Add(text);
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return JsonCopy.Of(document.RootElement);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{20,}|[^@/]+@[^@/]+\.[a-z]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeId();

    [GeneratedRegex(@"^v\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Version();
}
