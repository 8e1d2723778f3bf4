using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roadworthy.Console.Hosting;
using Roadworthy.Console.Requests;
using Roadworthy.Errors.Tracking;
using Roadworthy.Queries;
using Roadworthy.Sessions;

namespace Roadworthy.Console.Overview;

/// <summary>The first page, and where a trace id leads to.</summary>
internal static class OverviewPages
{
    private const int Few = 5;
    private const int MostRequests = 200;
    private static readonly DateTimeOffset StartedAt = Started();

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("", ShowAsync).WithMetadata(new PageDepth(0));
        console.MapGet("/trace", FindAsync).WithMetadata(new PageDepth(1));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Reach reach, IHostEnvironment environment)
    {
        var services = http.RequestServices;
        var history = services.GetService<RequestHistory>();
        var tracker = services.GetService<ErrorTracker>();
        var errors = tracker is null
            ? default
            : await reach.AskAsync(cancel => tracker.ListAsync(new() { Status = ErrorGroupStatus.Open, Limit = Few }, cancel), http.RequestAborted);
        return new RazorComponentResult<OverviewPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(OverviewPage.Latest)] = history?.Latest(MostRequests),
            [nameof(OverviewPage.Slowest)] = history?.Slowest(Few) ?? [],
            [nameof(OverviewPage.Events)] = services.GetService<SessionHistory>()?.Latest(Few),
            [nameof(OverviewPage.Tracking)] = tracker?.Status,
            [nameof(OverviewPage.Errors)] = errors.Value?.Groups,
            [nameof(OverviewPage.Fault)] = errors.Fault,
            [nameof(OverviewPage.StartedAt)] = StartedAt,
            [nameof(OverviewPage.EnvironmentName)] = environment.EnvironmentName,
        });
    }

    // The error says why, and leads on to the request.
    private static async Task<IResult> FindAsync(HttpContext http, ConsoleView view, Reach reach)
    {
        var id = http.Request.Query["id"].ToString().Trim().ToLowerInvariant();
        var history = http.RequestServices.GetService<RequestHistory>();
        string? fault = null;
        if (id.Length is 32 && id.All(char.IsAsciiHexDigit) && http.RequestServices.GetService<ErrorTracker>() is { } tracker)
        {
            var group = await reach.AskAsync(cancel => tracker.FindByTraceAsync(id, cancel), http.RequestAborted);
            if (group.Value is { } found) return new SeeOther($"{view.Base}/errors/{found.Id}");
            fault = group.Fault;
        }

        if (RequestPages.ByTrace(history, id) is { } trace) return new SeeOther($"{view.Base}/requests/{trace.Id}");
        if (history?.Find(http.Request.Query["id"].ToString().Trim()) is { } request) return new SeeOther($"{view.Base}/requests/{request.Id}");
        return fault is not null
            ? Notices.NotReached(fault)
            : Notices.NotFound("Nothing is known of this trace", "A trace id has 32 hexadecimal digits, as a problem's traceId and the log records have it. Errors are found on every instance, requests on the one that answered them.");
    }

    private static DateTimeOffset Started()
    {
        using var process = Process.GetCurrentProcess();
        return new(process.StartTime.ToUniversalTime(), TimeSpan.Zero);
    }
}
