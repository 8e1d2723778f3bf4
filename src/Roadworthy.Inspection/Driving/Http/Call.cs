using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>
/// A request to an operation, taken apart: what a probe copies to change one value in it. Who asks is added when it is sent.
/// </summary>
internal sealed class Call
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required ApiOperation Operation { get; init; }

    /// <summary>By the parameter's name, not escaped.</summary>
    public Dictionary<string, string> Path { get; init; } = new(StringComparer.Ordinal);

    /// <summary>In order, not escaped; a name may come more than once.</summary>
    public List<KeyValuePair<string, string>> Query { get; init; } = [];

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body's media type, or null for none.</summary>
    public string? MediaType { get; set; }

    /// <summary>The body as a tree, whatever its media type; forms are made from it.</summary>
    public JsonNode? Body { get; set; }

    /// <summary>Goes out in place of <see cref="Body"/> where a probe sends what no tree can hold: half a surrogate pair, 1e400, no JSON at all. Null for the tree.</summary>
    public byte[]? Raw { get; set; }

    /// <summary>What the parameters and the body's fields were filled with from what was there: name of the parameter or pointer, resource and value.</summary>
    public List<Binding> Bindings { get; init; } = [];

    public Call Copy() => new()
    {
        Operation = Operation,
        Path = new(Path, StringComparer.Ordinal),
        Query = [.. Query],
        Headers = new(Headers, StringComparer.OrdinalIgnoreCase),
        MediaType = MediaType,
        Body = Body?.DeepClone(),
        Raw = Raw,
        Bindings = [.. Bindings],
    };

    /// <summary>The same with another secret in the place of one.</summary>
    public Call Replaced(string secret, string other)
    {
        var copy = Copy();
        if (copy.Body is not null) copy.Body = JsonNode.Parse(copy.Body.ToJsonString().Replace(JsonEncodedText.Encode(secret).Value, JsonEncodedText.Encode(other).Value, StringComparison.Ordinal));
        if (copy.Raw is not null) copy.Raw = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(copy.Raw).Replace(secret, other, StringComparison.Ordinal));
        foreach (var name in copy.Headers.Keys.ToList()) copy.Headers[name] = copy.Headers[name].Replace(secret, other, StringComparison.Ordinal);
        for (var at = 0; at < copy.Query.Count; at++) copy.Query[at] = new(copy.Query[at].Key, copy.Query[at].Value.Replace(secret, other, StringComparison.Ordinal));
        return copy;
    }

    /// <param name="prefix">Goes before the path.</param>
    /// <param name="identity">Who asks.</param>
    public WireRequest ToRequest(string prefix, Identity identity)
    {
        var target = new StringBuilder(prefix).Append(Operation.Path);
        foreach (var (name, value) in Path) target.Replace($"{{{name}}}", Uri.EscapeDataString(value));
        var separator = Operation.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in Query)
        {
            target.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        List<KeyValuePair<string, string>> headers = [new("Accept", "application/json"), .. Headers];
        var (body, type) = Bytes();
        return identity.Apply(new WireRequest(Operation.Method, target.ToString(), headers, body, type));
    }

    private (byte[]? Body, string? Type) Bytes()
    {
        if (MediaType is not { } type) return (null, null);
        if (Raw is not null) return (Raw, type);
        if (type.Contains("urlencoded", StringComparison.OrdinalIgnoreCase)) return (FormBody.UrlEncoded(Body), type);
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)) return FormBody.Multipart(Body);
        if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)) return (Encoding.UTF8.GetBytes(Body?.ToString() ?? ""), type);
        return (Encoding.UTF8.GetBytes(Body?.ToJsonString(Plain) ?? "null"), type);
    }
}

/// <param name="Where">A parameter's name, or the JSON Pointer of a body's field.</param>
/// <param name="Resource">The kind of thing, in the singular: <c>order</c>.</param>
internal sealed record Binding(string Where, string Resource, string Value);
