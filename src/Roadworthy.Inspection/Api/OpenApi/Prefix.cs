using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>What goes before every path: of the first server, or Swagger's base path. The host is nobody's business: only loopback is driven.</summary>
internal static class Prefix
{
    public static string Of(JsonObject tree)
    {
        var written = tree["basePath"] as JsonValue ?? (tree["servers"] is JsonArray { Count: > 0 } servers && servers[0] is JsonObject server ? Url(server) : null);
        return written is null ? "" : Path(written.ToString());
    }

    private static JsonValue? Url(JsonObject server)
    {
        if (server["url"] is not JsonValue url) return null;
        var text = url.ToString();
        if (server["variables"] is JsonObject variables)
        {
            foreach (var (name, variable) in variables)
                if (variable is JsonObject { } of && of["default"] is JsonValue value) text = text.Replace($"{{{name}}}", value.ToString(), StringComparison.Ordinal);
        }

        return JsonValue.Create(text);
    }

    private static string Path(string url)
    {
        var path = url.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Absolute, out var absolute) ? absolute.AbsolutePath : url;
        path = path.Split('?', '#')[0].Trim().Trim('/');
        return path.Length == 0 || path.Contains('{', StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal) || path == "." ? "" : "/" + path;
    }
}
