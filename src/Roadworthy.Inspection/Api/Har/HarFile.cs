using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Recording;

namespace Roadworthy.Inspection.Api.Har;

/// <summary>Recordings as HTTP Archives (HAR 1.2): those of browsers are read, one's own are written with their secrets masked.</summary>
internal static class HarFile
{
    private const int MostEntries = 20_000;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="text">The file's.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="DescriptionException">It is no HTTP Archive.</exception>
    public static IReadOnlyList<RecordedExchange> Read(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true });
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty("log", out var log) || log.ValueKind is not JsonValueKind.Object || !log.TryGetProperty("entries", out var entries) || entries.ValueKind is not JsonValueKind.Array)
                throw new DescriptionException($"'{source}' is no HTTP Archive: it has no log.entries. Save one from a browser's network panel, or record with --record.");
            return [.. entries.EnumerateArray().Take(MostEntries).Select(entry => Entry(JsonCopy.Of(entry) as JsonObject)).OfType<RecordedExchange>()];
        }
        catch (JsonException e)
        {
            throw new DescriptionException($"'{source}' is no HTTP Archive: {e.Message}", e);
        }
    }

    public static string Write(IEnumerable<RecordedExchange> exchanges)
    {
        var entries = new JsonArray([.. exchanges.Select(exchange => (JsonNode)new JsonObject
        {
            ["startedDateTime"] = exchange.At.ToString("O", CultureInfo.InvariantCulture),
            ["time"] = 0,
            ["request"] = new JsonObject
            {
                ["method"] = exchange.Method,
                ["url"] = "http://127.0.0.1" + exchange.Path + (exchange.Query.Count == 0 ? "" : "?" + string.Join('&', exchange.Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(Secrets.IsSecretName(pair.Key) ? Secrets.Mask : pair.Value)}"))),
                ["httpVersion"] = "HTTP/1.1",
                ["headers"] = Headers(exchange.RequestHeaders),
                ["queryString"] = new JsonArray(),
                ["cookies"] = new JsonArray(),
                ["headersSize"] = -1,
                ["bodySize"] = -1,
                ["postData"] = exchange.RequestBody is { } body ? new JsonObject { ["mimeType"] = exchange.RequestType ?? "", ["text"] = Secrets.Text(body) } : null,
            },
            ["response"] = new JsonObject
            {
                ["status"] = exchange.Status,
                ["statusText"] = "",
                ["httpVersion"] = "HTTP/1.1",
                ["headers"] = Headers(exchange.ResponseHeaders),
                ["cookies"] = new JsonArray(),
                ["content"] = new JsonObject { ["size"] = -1, ["mimeType"] = exchange.ResponseType ?? "", ["text"] = exchange.ResponseBody is { } answered ? Secrets.Text(answered) : null },
                ["redirectURL"] = "",
                ["headersSize"] = -1,
                ["bodySize"] = -1,
            },
            ["cache"] = new JsonObject(),
            ["timings"] = new JsonObject { ["send"] = 0, ["wait"] = 0, ["receive"] = 0 },
        })]);
        return new JsonObject { ["log"] = new JsonObject { ["version"] = "1.2", ["creator"] = new JsonObject { ["name"] = "roadworthy", ["version"] = "1" }, ["entries"] = entries } }.ToJsonString(Written);
    }

    private static JsonArray Headers(IEnumerable<KeyValuePair<string, string>> headers) =>
        new([.. headers.Select(header => (JsonNode)new JsonObject { ["name"] = header.Key, ["value"] = Secrets.Header(header.Key, header.Value) })]);

    private static RecordedExchange? Entry(JsonObject? entry)
    {
        if (entry?["request"] is not JsonObject request || entry["response"] is not JsonObject response) return null;
        if (!Uri.TryCreate(request["url"]?.ToString(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return null;
        var (post, content) = (request["postData"] as JsonObject, response["content"] as JsonObject);
        return new RecordedExchange
        {
            Method = request["method"]?.ToString().ToUpperInvariant() ?? "GET",
            Path = url.AbsolutePath,
            Query = [.. url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair)],
            RequestHeaders = Headers(request["headers"]),
            RequestType = post?["mimeType"]?.ToString(),
            RequestBody = post?["text"]?.ToString(),
            Status = int.TryParse(response["status"]?.ToString(), CultureInfo.InvariantCulture, out var status) ? status : 0,
            ResponseHeaders = Headers(response["headers"]),
            ResponseType = content?["mimeType"]?.ToString(),
            ResponseBody = Text(content),
        };
    }

    private static string? Text(JsonObject? content)
    {
        var text = content?["text"]?.ToString();
        if (text is null || content!["encoding"]?.ToString() is not "base64") return text;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? System.Text.Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var parts = text.Split('=', 2);
        return KeyValuePair.Create(Uri.UnescapeDataString(parts[0].Replace('+', ' ')), parts.Length > 1 ? Uri.UnescapeDataString(parts[1].Replace('+', ' ')) : "");
    }

    private static List<KeyValuePair<string, string>> Headers(JsonNode? headers) => headers is not JsonArray list ? [] :
        [.. list.OfType<JsonObject>().Where(header => header["name"] is JsonValue && header["value"] is JsonValue).Select(header => KeyValuePair.Create(header["name"]!.ToString(), header["value"]!.ToString()))];
}
