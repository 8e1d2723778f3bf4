namespace Storefront.Hosting;

/// <summary>
/// Ends what no route takes: 404, 405 with Allow, 415. Before authentication, because the closed-by-default policy would make a
/// 401 of each; and in place of a fallback route, which takes the requests that routing would have answered with 405 and 415.
/// </summary>
internal static class Unrouted
{
    public static IApplicationBuilder UseUnrouted(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        switch (http.GetEndpoint())
        {
            case RouteEndpoint:
                return next(http);
            case { RequestDelegate: { } refuse }:
                return refuse(http);
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    });
}
