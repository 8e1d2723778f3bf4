using Roadworthy.Inspection.Api.Har;
using Roadworthy.Inspection.Api.OpenApi;
using Roadworthy.Inspection.Api.Postman;
using Roadworthy.Inspection.Api.Traffic;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Api;

/// <summary>The description that the user names, or else the one that can be found.</summary>
internal static class GivenDescription
{
    /// <param name="client">Leads to the backend.</param>
    /// <param name="given">A file, a path of the backend or its address; null where nothing was named.</param>
    /// <param name="directory">The repository; null where there is none.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="InspectionException">There is none, or it can't be read; the message says what to do.</exception>
    public static async Task<ApiDescription> ReadAsync(ApiClient client, string? given, string? directory, CancellationToken ct)
    {
        if (given is null)
        {
            return await DescriptionSearch.FindAsync(client, directory, ct) ?? throw new InspectionException(
                "Nothing describes the API: neither the places where frameworks put it nor the repository's files, collections of Postman included. Give a file or an address, or let the inspection learn from traffic with --record.");
        }

        try
        {
            return File.Exists(given) ? Read(await File.ReadAllTextAsync(given, ct), given) : await AskAsync(client, given, ct);
        }
        catch (DescriptionException e)
        {
            throw new InspectionException(e.Message, e);
        }
    }

    private static ApiDescription Read(string text, string file) =>
        file.EndsWith(".har", StringComparison.OrdinalIgnoreCase) ? TrafficLearner.Learn(HarFile.Read(text, file), file)
        : PostmanFile.IsOne(text) ? TrafficLearner.Learn(PostmanFile.Read(text, file), file) : OpenApiReader.Read(text, file);

    private static async Task<ApiDescription> AskAsync(ApiClient client, string given, CancellationToken ct)
    {
        var path = Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? Loopback.Require(uri).PathAndQuery : given;
        if (!path.StartsWith('/')) throw new InspectionException($"There is no file '{given}'. Give a file, or an address of the backend such as /openapi.json.");
        var exchange = await client.SendAsync(new WireRequest("GET", path, []), Identity.AnonymousName, ct: ct);
        if (exchange.Succeeded && exchange.Response!.Text.TrimStart().StartsWith('<') && await DescriptionSearch.InPageAsync(client, path, ct) is { } shown) return shown;
        return exchange.Succeeded ? OpenApiReader.Read(exchange.Response!.Text, given) : throw new InspectionException($"'{given}' answers {exchange.Status}, {exchange.Failure ?? "not a description"}.");
    }
}
