using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Api.Postman;

/// <summary>Where a request of a collection goes: segments that are variables are written as <c>{name}</c>.</summary>
internal static partial class PostmanUrl
{
    public static (string Path, IReadOnlyList<KeyValuePair<string, string>> Query)? Of(JsonNode? url, PostmanVariables variables)
    {
        var raw = url is JsonObject of ? of["raw"]?.ToString() ?? FromParts(of) : url?.ToString();
        if (string.IsNullOrWhiteSpace(raw)) return null;
        var (address, query) = raw.Split('?', 2) is [var before, var after] ? (before, after) : (raw, "");
        // Whatever the host is, it is the backend's that is looked at.
        var path = Host().Replace(variables.Base(address.Trim()), "");
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(segment => PostmanVariables.NameIn(segment) is { } name ? "{" + NotWord().Replace(name, "") + "}" : segment);
        var pairs = url is JsonObject { } full && full["query"] is JsonArray list ? PostmanFile.Pairs(list) : query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], PostmanVariables.Fill(pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "")));
        return ("/" + string.Join('/', segments), [.. pairs]);
    }

    private static string? FromParts(JsonObject url)
    {
        static string Joined(JsonNode? parts, char by) => parts is JsonArray list ? string.Join(by, list.Select(part => part is JsonObject named ? named["value"]?.ToString() : part?.ToString())) : parts?.ToString() ?? "";
        return url["path"] is null ? null : $"{Joined(url["host"], '.')}/{Joined(url["path"], '/')}";
    }

    [GeneratedRegex(@"^(?:\w+://)?(?:\{\{[^{}]+\}\}|[^/{}]+)(?::(?:\d+|\{\{[^{}]+\}\}))?(?=/|$)")]
    private static partial Regex Host();

    [GeneratedRegex(@"\W")]
    private static partial Regex NotWord();
}
