using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>How much an answer holds: what the work for it is set against.</summary>
/// <param name="Arrays">How many items each array has, all arrays of one path together: <c>items</c>, <c>items[].lines</c>; the answer itself is <c>$</c>.</param>
/// <param name="Values">Objects, and scalars that stand in arrays.</param>
/// <param name="List">The array that the answer is about; null where it is about one thing.</param>
internal sealed record AnswerShape(IReadOnlyDictionary<string, int> Arrays, int Values, string? List)
{
    private const int Deepest = 8;

    public int Items => List is null ? 0 : Arrays[List];

    public static AnswerShape Of(JsonNode? answer)
    {
        var (arrays, values) = (new Dictionary<string, int>(StringComparer.Ordinal), 0);
        Walk(answer, "$", arrays, ref values, 0);
        return new AnswerShape(arrays, values, ListOf(answer, "$", 0));
    }

    private static void Walk(JsonNode? node, string path, Dictionary<string, int> arrays, ref int values, int depth)
    {
        if (depth > Deepest) return;
        if (node is JsonArray list)
        {
            arrays[path] = arrays.GetValueOrDefault(path) + list.Count;
            foreach (var item in list)
            {
                if (item is JsonValue) values++;
                else Walk(item, path + "[]", arrays, ref values, depth + 1);
            }
        }
        else if (node is JsonObject of)
        {
            values++;
            foreach (var (name, value) in of) Walk(value, path == "$" ? name : $"{path}.{name}", arrays, ref values, depth + 1);
        }
    }

    /// <summary>The answer itself, or what a wrapper that is no thing of its own holds: the one array of objects that is not within another.</summary>
    private static string? ListOf(JsonNode? node, string path, int depth)
    {
        if (node is JsonArray) return path;
        if (node is not JsonObject of || depth > 2 || of.Any(member => Driving.Names.Plain(member.Key) is "id" or "uuid" or "sku" or "slug" or "email")) return null;
        var found = of.Where(member => member.Value is JsonArray or JsonObject).Select(member => ListOf(member.Value, path == "$" ? member.Key : $"{path}.{member.Key}", depth + 1)).OfType<string>().ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
