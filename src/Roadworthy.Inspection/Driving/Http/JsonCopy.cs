using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <summary>A tree of an element that may name a member twice, which a JsonObject would throw at when it is first looked at.</summary>
internal static class JsonCopy
{
    public static JsonNode? Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var result = new JsonObject();
                foreach (var member in element.EnumerateObject()) result[Name(member)] = Of(member.Value);
                return result;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Of)]);
            case JsonValueKind.String:
                return JsonValue.Create(Text(element));
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    /// <summary>Half a surrogate pair, which no string can be made of, becomes the sign for what can't be shown.</summary>
    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    /// <summary>The text of a scalar as a path or a form would hold it; null for what has none.</summary>
    public static string? Scalar(JsonNode? node) => node is JsonValue value ? value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.ToJsonString() : value.ToString() : null;
}
