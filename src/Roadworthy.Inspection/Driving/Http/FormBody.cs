using System.Text;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <summary>A body's tree as a form.</summary>
internal static class FormBody
{
    private const string Boundary = "roadworthy-7d9f1c2b";

    public static byte[] UrlEncoded(JsonNode? body) =>
        Encoding.ASCII.GetBytes(string.Join('&', Fields(body).Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")));

    public static (byte[] Body, string Type) Multipart(JsonNode? body)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Fields(body))
        {
            var isFile = value.StartsWith(FilePrefix, StringComparison.Ordinal);
            text.Append("--").Append(Boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(name.Replace("\"", "%22", StringComparison.Ordinal)).Append('"');
            if (isFile) text.Append("; filename=\"inspection.png\"\r\nContent-Type: image/png");
            text.Append("\r\n\r\n").Append(isFile ? value[FilePrefix.Length..] : value).Append("\r\n");
        }

        text.Append("--").Append(Boundary).Append("--\r\n");
        // Latin-1, so that a file's bytes survive; texts were made of ASCII or are turned into their UTF-8 bytes before.
        return (Encoding.Latin1.GetBytes(text.ToString()), $"multipart/form-data; boundary={Boundary}");
    }

    /// <summary>Marks a value as a file's content.</summary>
    public const string FilePrefix = "\u0001file:";

    /// <summary>A picture of one pixel.</summary>
    public static string Picture { get; } = FilePrefix + Encoding.Latin1.GetString(Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));

    private static IEnumerable<KeyValuePair<string, string>> Fields(JsonNode? body)
    {
        if (body is not JsonObject of) yield break;
        foreach (var (name, value) in of)
        {
            if (value is JsonArray list)
            {
                foreach (var item in list) yield return new(name, JsonCopy.Scalar(item) ?? item?.ToJsonString() ?? "");
            }
            else if (value is not null)
            {
                yield return new(name, JsonCopy.Scalar(value) ?? value.ToJsonString());
            }
        }
    }
}
