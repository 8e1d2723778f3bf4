using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <param name="Headers">In order, each value of its own; those of the body among them.</param>
/// <param name="Truncated">Whether the body was longer than is kept.</param>
internal sealed record WireResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body, bool Truncated)
{
    private readonly Lazy<JsonNode?> _json = new(() => Parse(Body));

    public bool IsSuccess => Status is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(Body);

    public string? ContentType => Header("Content-Type");

    /// <summary>The body where it is JSON, whatever its type says; else null.</summary>
    public JsonNode? Json => _json.Value;

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static JsonNode? Parse(byte[] body)
    {
        if (body.Length == 0) return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return JsonCopy.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
