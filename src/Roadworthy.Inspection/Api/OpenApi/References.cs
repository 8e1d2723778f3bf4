using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>The <c>$ref</c>s of a tree.</summary>
internal static class References
{
    /// <summary>Each object that has one, and where it leads.</summary>
    public static IEnumerable<(JsonObject Holder, string Target)> In(JsonNode? root)
    {
        var waiting = new Stack<JsonNode?>([root]);
        while (waiting.TryPop(out var node))
        {
            if (node is JsonObject of)
            {
                if (of["$ref"] is JsonValue target) yield return (of, target.ToString());
                foreach (var (_, member) in of) if (member is JsonObject or JsonArray) waiting.Push(member);
            }
            else if (node is JsonArray list)
            {
                foreach (var member in list) if (member is JsonObject or JsonArray) waiting.Push(member);
            }
        }
    }

    public static void Rename(JsonNode root, string from, string to)
    {
        foreach (var (holder, target) in In(root).ToList())
            if (target.StartsWith(from, StringComparison.Ordinal)) holder["$ref"] = to + target[from.Length..];
    }

    /// <summary>What a pointer within the document leads to, or null.</summary>
    public static JsonNode? Follow(JsonNode root, string target)
    {
        if (!target.StartsWith("#/", StringComparison.Ordinal)) return null;
        var at = root;
        foreach (var part in target[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at switch
            {
                JsonObject of => of[name],
                JsonArray list when int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
            if (at is null) return null;
        }

        return at;
    }
}
