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
        using var bytes = new MemoryStream();
        foreach (var (name, value) in Fields(body))
        {
            var isFile = value.StartsWith(FilePrefix, StringComparison.Ordinal);
            var isBytes = value.StartsWith(BytesPrefix, StringComparison.Ordinal);
            bytes.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\""));
            if (isFile) bytes.Write("; filename=\"inspection.png\"\r\nContent-Type: image/png"u8);
            bytes.Write("\r\n\r\n"u8);
            bytes.Write(isFile ? Encoding.Latin1.GetBytes(value[FilePrefix.Length..]) : isBytes ? Encoding.Latin1.GetBytes(value[BytesPrefix.Length..]) : Encoding.UTF8.GetBytes(value));
            bytes.Write("\r\n"u8);
        }

        bytes.Write(Encoding.UTF8.GetBytes($"--{Boundary}--\r\n"));
        return (bytes.ToArray(), $"multipart/form-data; boundary={Boundary}");
    }

    /// <summary>Marks a value as a file's content, a character for each byte.</summary>
    public const string FilePrefix = "\u0001file:";

    /// <summary>Marks a value of which each character is a byte, where other texts are UTF-8.</summary>
    public const string BytesPrefix = "\u0001bytes:";

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
