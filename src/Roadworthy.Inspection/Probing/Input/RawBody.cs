using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>A body with one value replaced by a piece of JSON as it stands, or left out.</summary>
internal static class RawBody
{
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="call">Works.</param>
    /// <param name="pointer">Of the value; empty for the whole body.</param>
    /// <param name="raw">What stands there instead; null for nothing.</param>
    public static Call With(Call call, string pointer, string? raw)
    {
        var changed = call.Copy();
        var text = new StringBuilder();
        if (pointer.Length == 0) text.Append(raw);
        else Write(text, call.Body, "", pointer, raw);
        changed.Raw = Encoding.UTF8.GetBytes(text.ToString());
        return changed;
    }

    private static void Write(StringBuilder text, JsonNode? node, string at, string pointer, string? raw)
    {
        if (at == pointer)
        {
            text.Append(raw ?? "null");
            return;
        }

        switch (node)
        {
            case JsonObject of:
                var first = true;
                text.Append('{');
                foreach (var (name, value) in of)
                {
                    if (raw is null && $"{at}/{name}" == pointer) continue;
                    text.Append(first ? "" : ",").Append(JsonSerializer.Serialize(name, Plain)).Append(':');
                    Write(text, value, $"{at}/{name}", pointer, raw);
                    first = false;
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                for (var n = 0; n < list.Count; n++)
                {
                    if (n > 0) text.Append(',');
                    Write(text, list[n], $"{at}/{n}", pointer, raw);
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString(Plain) ?? "null");
                break;
        }
    }
}
