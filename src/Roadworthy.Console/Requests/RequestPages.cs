using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Console.Hosting;
using Roadworthy.Errors.Tracking;
using Roadworthy.Queries;

namespace Roadworthy.Console.Requests;

/// <summary>The pages of requests, out of this instance's memory.</summary>
internal static class RequestPages
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/requests", (HttpContext http) =>
            new RazorComponentResult<RequestsPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(RequestsPage.Requests)] = http.RequestServices.GetService<RequestHistory>() is { } history ? RequestFilter.Read(http.Request.Query).Of(history) : null,
            })).WithMetadata(new PageDepth(1));
        console.MapGet("/requests/{id}", ShowAsync).WithMetadata(new PageDepth(2));
    }

    /// <summary>The request of a trace; null where this instance remembers none.</summary>
    public static RequestTrace? ByTrace(RequestHistory? history, string? traceId) => history is null || string.IsNullOrEmpty(traceId)
        ? null
        : history.Latest(200).Concat(history.Slowest(50)).FirstOrDefault(trace => string.Equals(trace.TraceId, traceId, StringComparison.OrdinalIgnoreCase));

    private static async Task<IResult> ShowAsync(string id, HttpContext http, Reach reach)
    {
        if (http.RequestServices.GetService<RequestHistory>()?.Find(id) is not { } trace)
            return Notices.NotFound("This request is not in memory", "The latest 200 of this instance are, and the 50 slowest of its last hour. Another instance, or one before a restart, has its own.");
        Guid? error = null;
        if (trace is { Status: >= 500, TraceId: { } traceId } && http.RequestServices.GetService<ErrorTracker>() is { } tracker)
            error = (await reach.AskAsync(cancel => tracker.FindByTraceAsync(traceId, cancel), http.RequestAborted)).Value?.Id;
        return new RazorComponentResult<RequestPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(RequestPage.Trace)] = trace,
            [nameof(RequestPage.ErrorLink)] = error,
        });
    }
}
