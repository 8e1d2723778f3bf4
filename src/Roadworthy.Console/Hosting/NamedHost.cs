using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Roadworthy.Console.Hosting;

/// <summary>
/// A page is rendered at an address, and the client's <c>Host</c> is part of it: where that names no host, an empty one for instance, there is no page, and it
/// is the client's fault and not a failure (RFC 9110, 4.2.1).
/// </summary>
internal static class NamedHost
{
    public static bool Is(HttpRequest request) => Uri.TryCreate($"{request.Scheme}://{request.Host.Value}{request.PathBase}/", UriKind.Absolute, out _);

    public static ProblemHttpResult Refuse() =>
        TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The Host header names no host", detail: "Pages are rendered at an address. Send the name that the browser shows.");
}
