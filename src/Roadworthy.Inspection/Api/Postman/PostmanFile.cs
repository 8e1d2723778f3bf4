using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Recording;

namespace Roadworthy.Inspection.Api.Postman;

/// <summary>Collections of Postman (2.0 and 2.1), and of what exports as such: each request as if it had been recorded, its variables left open.</summary>
internal static class PostmanFile
{
    private const int MostRequests = 5000;
    private const int DeepestFolder = 12;

    /// <summary>Whether a text looks like one, without reading it.</summary>
    public static bool IsOne(string text) => text.Contains("schema.getpostman.com", StringComparison.Ordinal) && text.Contains("\"item\"", StringComparison.Ordinal);

    /// <param name="text">The file's.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="DescriptionException">It is no collection.</exception>
    public static IReadOnlyList<RecordedExchange> Read(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true });
            if (JsonCopy.Of(document.RootElement) is not JsonObject root || (root["collection"] as JsonObject ?? root) is not { } collection || collection["item"] is not JsonArray items)
                throw new DescriptionException($"'{source}' is no Postman collection: it has no item. Export one as version 2.1.");
            var found = new List<RecordedExchange>();
            Walk(items, collection["auth"] as JsonObject, new PostmanVariables(collection["variable"] as JsonArray), found, 0);
            return found;
        }
        catch (JsonException e)
        {
            throw new DescriptionException($"'{source}' is no Postman collection: {e.Message}", e);
        }
    }

    /// <param name="items">Requests and folders of them.</param>
    /// <param name="auth">How the folder's requests show who they are, unless they say otherwise.</param>
    /// <param name="variables">The collection's own.</param>
    /// <param name="found">What is added to.</param>
    /// <param name="depth">Of folders.</param>
    private static void Walk(JsonArray items, JsonObject? auth, PostmanVariables variables, List<RecordedExchange> found, int depth)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            if (found.Count >= MostRequests) return;
            var own = item["auth"] as JsonObject ?? (item["request"] as JsonObject)?["auth"] as JsonObject ?? auth;
            if (item["item"] is JsonArray inner && depth < DeepestFolder) Walk(inner, own, variables, found, depth + 1);
            if (item["request"] is { } request) Add(request, item["response"] as JsonArray, own, variables, found);
        }
    }

    private static void Add(JsonNode request, JsonArray? answers, JsonObject? auth, PostmanVariables variables, List<RecordedExchange> found)
    {
        var of = request as JsonObject ?? new JsonObject { ["url"] = request.DeepClone() };
        if (PostmanUrl.Of(of["url"], variables) is not { } url) return;
        var headers = Pairs(of["header"]).ToList();
        if (auth is not null && auth["type"]?.ToString() is not (null or "noauth")) headers.Add(KeyValuePair.Create("Authorization", Secrets.Mask));
        var (type, body) = PostmanBody.Of(of["body"] as JsonObject, headers);
        var sent = new RecordedExchange
        {
            Method = of["method"]?.ToString().ToUpperInvariant() ?? "GET",
            Path = url.Path,
            Query = url.Query,
            RequestHeaders = headers,
            RequestType = type,
            RequestBody = body,
            Status = 200,
        };
        var examples = answers?.OfType<JsonObject>().Where(answer => answer["code"] is not null).ToList() ?? [];
        if (examples.Count == 0) found.Add(sent);
        foreach (var example in examples)
        {
            found.Add(sent with
            {
                Status = int.TryParse(example["code"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var code) ? code : 200,
                ResponseHeaders = [.. Pairs(example["header"])],
                ResponseType = "application/json",
                ResponseBody = example["body"]?.ToString(),
            });
        }
    }

    /// <summary>Names and values that are not switched off.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(JsonNode? list) => list is not JsonArray pairs ? [] :
        pairs.OfType<JsonObject>().Where(pair => pair["disabled"]?.ToString() is not "true" && pair["key"]?.ToString() is { Length: > 0 }).Select(pair => KeyValuePair.Create(pair["key"]!.ToString(), PostmanVariables.Fill(pair["value"]?.ToString() ?? "")));
}
