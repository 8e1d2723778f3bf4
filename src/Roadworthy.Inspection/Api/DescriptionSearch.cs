using Roadworthy.Inspection.Api.OpenApi;
using Roadworthy.Inspection.Api.Postman;
using Roadworthy.Inspection.Api.Traffic;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Api;

/// <summary>Finds the description of a running backend: where frameworks put it, then in the files of its repository.</summary>
internal static class DescriptionSearch
{
    private static readonly string[] WellKnown =
    [
        "/openapi.json", "/openapi/v1.json", "/swagger/v1/swagger.json", "/swagger.json", "/api-json", "/docs-json", "/api/docs-json", "/api-docs-json", "/swagger-json", "/api/swagger-json", "/docs/json",
        "/api-docs", "/v3/api-docs", "/v2/api-docs", "/api/v3/api-docs", "/documentation/json", "/api/documentation/json", "/api/openapi.json", "/api/v1/openapi.json", "/v1/openapi.json", "/docs/openapi.json",
        "/api/schema/?format=json", "/schema/?format=json", "/api/schema/", "/schema/", "/swagger/?format=openapi", "/docs/?format=openapi", "/swagger/doc.json", "/docs/doc.json", "/swagger/docs/v1",
        "/openapi.yaml", "/openapi.yml", "/swagger.yaml", "/docs/swagger.json", "/api/swagger.json", "/api/docs/swagger.json", "/api-docs.json", "/api/api-docs.json", "/api-docs/swagger.json", "/docs.json", "/api/docs.json", "/api-docs/v1/swagger.yaml", "/api-docs/v1/swagger.json", "/reference/openapi.json", "/q/openapi?format=json", "/apispec_1.json", "/doc", "/api/doc",
        "/swagger/json", "/api/docs/json", "/api/swagger/json", "/api-docs/json", "/openapi", "/api/openapi", "/openapi/json", "/v1/docs/json", "/api/v1/docs/json", "/v1/docs-json", "/api/v1/docs-json",
    ];

    /// <summary>Pages for people that hold their description, or lead to it.</summary>
    private static readonly string[] Pages = ["/docs", "/api-docs/", "/api/docs", "/swagger", "/api/swagger", "/v1/docs", "/api/v1/docs", "/api/v1/docs/", "/documentation", "/api", "/v1/api-docs", "/api/v1/api-docs", "/swagger/index.html", "/reference", "/"];

    private static readonly string[] FileNames = ["openapi.json", "openapi.yaml", "openapi.yml", "swagger.json", "swagger.yaml", "swagger.yml", "api.yaml", "api.yml", "spec.yaml"];

    /// <summary>The first that can be read and has the most operations of its kind; null where there is none.</summary>
    public static async Task<ApiDescription?> FindAsync(ApiClient client, string? directory, CancellationToken ct)
    {
        foreach (var path in WellKnown)
            if (await TryReadAsync(client, path, ct) is { } found) return found;
        // The repository's own word is tried as a document and as a page.
        var told = directory is null ? [] : DescriptionPlaces.In(directory);
        foreach (var path in told.SelectMany(path => (string[])[path, path.TrimEnd('/') + "/json", path.TrimEnd('/') + "-json"]).Except(WellKnown, StringComparer.Ordinal))
            if (await TryReadAsync(client, path, ct) is { } found) return found;
        foreach (var page in told.Concat(Pages).SelectMany(page => (string[])[page, page.EndsWith('/') || page.EndsWith(".html", StringComparison.Ordinal) ? page : page + "/"]).Distinct(StringComparer.Ordinal))
            if (await InPageAsync(client, page, ct) is { } found) return found;

        return directory is null ? null : InFiles(directory);
    }

    /// <summary>Where a page for people stands, what it shows; null where there is none, or it shows no description.</summary>
    public static async Task<ApiDescription?> InPageAsync(ApiClient client, string page, CancellationToken ct)
    {
        if ((await GetAsync(client, page, ct)).Response is { IsSuccess: true } response)
        {
            foreach (var link in EmbeddedDescription.LinksIn(response.Text, page))
                if (await TryReadAsync(client, link, ct) is { } linked) return linked;
            foreach (var script in EmbeddedDescription.ScriptsIn(response.Text, page))
                if ((await GetAsync(client, script, ct)).Response is { IsSuccess: true } code && EmbeddedDescription.In(code.Text) is { } text && TryRead(text, client.Target + script.TrimStart('/')) is { } embedded) return embedded;
            if (EmbeddedDescription.In(response.Text) is { } own && TryRead(own, client.Target + page.TrimStart('/')) is { } inPage) return inPage;
        }

        return null;
    }

    /// <summary>In the repository: the one with the most operations; where there is none, the collection of Postman with the most.</summary>
    public static ApiDescription? InFiles(string directory)
    {
        var files = RepositoryFiles.In(directory, OpenApiReader.LongestDocument).ToList();
        return files.Where(file => FileNames.Contains(file.Name, StringComparer.OrdinalIgnoreCase)).Take(20).Select(file => TryRead(RepositoryFiles.TextOf(file), file.FullName)).OfType<ApiDescription>().MaxBy(description => description.Operations.Count)
            ?? files.Where(file => file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase) && file.Name.Contains("postman", StringComparison.OrdinalIgnoreCase) || file.Directory!.Name.Contains("postman", StringComparison.OrdinalIgnoreCase))
                .Take(20).Select(TryCollection).OfType<ApiDescription>().MaxBy(description => description.Operations.Count);
    }

    private static ApiDescription? TryCollection(FileInfo file)
    {
        var text = RepositoryFiles.TextOf(file);
        try
        {
            return PostmanFile.IsOne(text) ? TrafficLearner.Learn(PostmanFile.Read(text, file.FullName), file.FullName) : null;
        }
        catch (DescriptionException)
        {
            return null;
        }
    }

    private static async Task<ApiDescription?> TryReadAsync(ApiClient client, string path, CancellationToken ct)
    {
        var response = (await GetAsync(client, path, ct)).Response;
        return response is { IsSuccess: true, Body.Length: > 20 } && !response.Text.AsSpan().TrimStart().StartsWith("<") && (response.Text.Contains("\"paths\"", StringComparison.Ordinal) || response.Text.Contains("paths:", StringComparison.Ordinal))
            ? TryRead(response.Text, client.Target + path.TrimStart('/'))
            : null;
    }

    private static async Task<Exchange> GetAsync(ApiClient client, string path, CancellationToken ct)
    {
        var exchange = await client.SendAsync(new WireRequest("GET", path, [new("Accept", "application/json, application/yaml, */*")]), Identity.AnonymousName, ct: ct);
        return exchange.Status is 301 or 302 or 307 or 308 && exchange.Response!.Header("Location") is { } location && Local(location) is { } next && next != path
            ? await client.SendAsync(new WireRequest("GET", next, [new("Accept", "application/json, */*")]), Identity.AnonymousName, ct: ct)
            : exchange;
    }

    private static string? Local(string location) => location.StartsWith('/') ? location : Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.IsLoopback ? uri.PathAndQuery : null;

    private static ApiDescription? TryRead(string text, string source)
    {
        try
        {
            return OpenApiReader.Read(text, source);
        }
        catch (DescriptionException)
        {
            return null;
        }
    }
}
