using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <summary>An entity tag for a thing: from its page, or where it has none, from the list that holds it.</summary>
internal static class TagFinder
{
    private static readonly string[] Members = ["etag", "version", "rowversion", "revision", "concurrencytoken"];

    /// <summary>The tag of what a call changes, as it is now; null where its page has none.</summary>
    public static async Task<string?> FetchAsync(Driver driver, Call call, Identity identity, CancellationToken ct)
    {
        var detail = driver.Description.Operations.FirstOrDefault(each => each.Method == "GET" && each.Path == call.Operation.Path);
        // Where there is no detail of its own, the list's items may hold their tags or versions; any is better than none.
        var asked = detail is null ? null : await driver.SendAsync(new Call { Operation = detail, Path = call.Path }, identity, ct);
        return asked?.Response?.Header("ETag") ?? (detail is null ? InAnswers(driver.History, call) ?? "*" : null);
    }

    public static string? InAnswers(IReadOnlyList<Exchange> history, Call call)
    {
        var values = call.Path.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var exchange in history.Reverse().Take(200))
        {
            // Made or changed by a request to the same thing: its answer carries the tag.
            if (exchange.Succeeded && exchange.Response!.Header("ETag") is { } tag && values.Any(value => exchange.Request.Target.Contains(Uri.EscapeDataString(value), StringComparison.Ordinal) || (exchange.Request.Method is "POST" && exchange.Response.Text.Contains($"\"{value}\"", StringComparison.Ordinal)))) return tag;
            if (exchange.Succeeded && Find(exchange.Response!.Json, values, 0) is { } found) return found;
        }

        return null;
    }

    private static string? Find(JsonNode? node, HashSet<string> values, int depth)
    {
        if (depth > 6) return null;
        if (node is JsonArray list) return list.Take(200).Select(item => Find(item, values, depth + 1)).FirstOrDefault(found => found is not null);
        if (node is not JsonObject of) return null;
        if (of.Any(member => JsonCopy.Scalar(member.Value) is { } text && values.Contains(text)) && of.FirstOrDefault(member => Members.Contains(Names.Plain(member.Key), StringComparer.Ordinal)).Value is JsonValue tag)
        {
            var text = tag.ToString();
            return text.StartsWith('"') || text.StartsWith("W/", StringComparison.Ordinal) ? text : $"\"{text}\"";
        }

        return of.Select(member => member.Value is JsonArray or JsonObject ? Find(member.Value, values, depth + 1) : null).FirstOrDefault(found => found is not null);
    }
}
