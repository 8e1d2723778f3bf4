using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Recording;

namespace Roadworthy.Inspection.Api.Traffic;

/// <summary>Learns an API from what was recorded of it: for a backend that nothing describes.</summary>
internal static class TrafficLearner
{
    private const int MostOperations = 1000;

    private static readonly string[] Assets = [".js", ".css", ".png", ".jpg", ".jpeg", ".svg", ".ico", ".woff", ".woff2", ".map", ".html", ".gif", ".webp", ".txt"];
    private static readonly string[] UsualHeaders = ["accept", "accept-encoding", "accept-language", "authorization", "cache-control", "connection", "content-length", "content-type", "cookie", "dnt", "host", "origin", "pragma", "referer", "user-agent", "if-none-match", "if-modified-since", "priority", "te", "expect", "traceparent", "x-requested-with"];

    /// <param name="exchanges">What went by.</param>
    /// <param name="source">Where it was recorded, for messages.</param>
    /// <exception cref="DescriptionException">None of it was a call of an API.</exception>
    public static ApiDescription Learn(IReadOnlyList<RecordedExchange> exchanges, string source)
    {
        var calls = exchanges.Where(IsCall).ToList();
        var templates = new PathTemplates(calls);
        var seen = calls.Select(call => (Call: call, Path: templates.Of(call.Path)))
            .GroupBy(each => (each.Call.Method, each.Path.Template))
            // What was only ever not found is no operation.
            .Where(group => group.Any(each => each.Call.Status is not (404 or 405)))
            .OrderBy(group => group.Key.Template, StringComparer.Ordinal).ThenBy(group => group.Key.Method, StringComparer.Ordinal).Take(MostOperations)
            .Select(group => Operation(group.Key.Method, group.Key.Template, [.. group])).ToList();
        if (seen.Count == 0) throw new DescriptionException($"Nothing of '{source}' was a call of an API. Use the application while it is recorded, or give its description.");
        return new ApiDescription { Source = source, Operations = seen };
    }

    private static bool IsCall(RecordedExchange exchange) =>
        exchange.Method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" && exchange.Status > 0 && !Assets.Any(end => exchange.Path.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        && !(exchange.Method == "GET" && exchange.ResponseType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true);

    private static ApiOperation Operation(string method, string template, IReadOnlyList<(RecordedExchange Call, (string Template, IReadOnlyList<KeyValuePair<string, string>> Values) Path)> seen)
    {
        // A refused request tells less of what is right than one that worked.
        var worked = seen.Where(each => each.Call.Status is >= 200 and < 400).ToList();
        var calls = (worked.Count > 0 ? worked : seen).Select(each => each.Call).ToList();
        var parameters = seen[0].Path.Values.Select(value => new ApiParameter(value.Key, ParameterPlace.Path, true,
            SchemaInference.OfTexts([.. seen.SelectMany(each => each.Path.Values).Where(pair => pair.Key == value.Key).Select(pair => pair.Value)]))).ToList();
        parameters.AddRange(calls.SelectMany(call => call.Query).GroupBy(pair => pair.Key, StringComparer.Ordinal).Select(group => new ApiParameter(group.Key, ParameterPlace.Query,
            calls.All(call => call.Query.Any(pair => pair.Key == group.Key)), SchemaInference.OfTexts([.. group.Select(pair => pair.Value)]))));
        parameters.AddRange(calls.SelectMany(call => call.RequestHeaders).Where(header => !UsualHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && !header.Key.StartsWith("sec-", StringComparison.OrdinalIgnoreCase))
            .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase).Select(group => new ApiParameter(group.Key, ParameterPlace.Header, false, SchemaInference.OfTexts([.. group.Select(header => header.Value)]))));
        return new ApiOperation
        {
            Method = method,
            Path = template,
            IsLearned = true,
            Parameters = parameters,
            Body = Body(calls),
            Responses = seen.GroupBy(each => each.Call.Status).ToDictionary(group => group.Key.ToString(CultureInfo.InvariantCulture), group => Response([.. group.Select(each => each.Call)]), StringComparer.Ordinal),
            Security = calls.All(call => call.RequestHeader("Authorization") is not null) ? [["recorded"]] : null,
        };
    }

    private static ApiBody? Body(IReadOnlyList<RecordedExchange> calls)
    {
        var content = calls.Where(call => call.RequestBody is { Length: > 0 }).GroupBy(call => MediaType(call.RequestType), StringComparer.OrdinalIgnoreCase)
            .Select(group => (group.Key, Schema: Schema(group.Key, [.. group.Select(call => call.RequestBody!)]))).Where(each => each.Schema is not null).ToDictionary(each => each.Key, each => each.Schema!, StringComparer.OrdinalIgnoreCase);
        return content.Count == 0 ? null : new ApiBody(calls.All(call => call.RequestBody is { Length: > 0 }), content);
    }

    private static ApiResponse Response(IReadOnlyList<RecordedExchange> calls)
    {
        var content = calls.Where(call => call.ResponseBody is { Length: > 0 }).GroupBy(call => MediaType(call.ResponseType), StringComparer.OrdinalIgnoreCase)
            .Select(group => (group.Key, Schema: Schema(group.Key, [.. group.Select(call => call.ResponseBody!)]))).Where(each => each.Schema is not null).ToDictionary(each => each.Key, each => each.Schema!, StringComparer.OrdinalIgnoreCase);
        return new ApiResponse(content, [.. calls[0].ResponseHeaders.Select(header => header.Key).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private static string MediaType(string? type) => type is null ? "application/json" : type.Split(';')[0].Trim().ToLowerInvariant() is { Length: > 0 } plain ? plain : "application/json";

    private static Schema? Schema(string type, IReadOnlyList<string> bodies)
    {
        // What a collection says of a form is written in this way for both.
        if (type.Contains("urlencoded", StringComparison.Ordinal) || (type.StartsWith("multipart/", StringComparison.Ordinal) && bodies.All(body => !body.StartsWith("--", StringComparison.Ordinal))))
            return SchemaInference.Of([.. bodies.Select(body => (JsonNode?)new JsonObject(body.Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair[0].Length > 0).DistinctBy(pair => pair[0], StringComparer.Ordinal)
                .Select(pair => KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), (JsonNode?)JsonValue.Create(pair.Length > 1 ? Uri.UnescapeDataString(pair[1].Replace('+', ' ')) : "")))))]);
        if (!type.Contains("json", StringComparison.Ordinal)) return null;
        var values = new List<JsonNode?>();
        foreach (var body in bodies.Take(50))
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                values.Add(JsonCopy.Of(document.RootElement));
            }
            catch (JsonException)
            {
                // Cut off, or no JSON after all.
            }
        }

        return values.Count == 0 ? null : SchemaInference.Of(values);
    }
}
