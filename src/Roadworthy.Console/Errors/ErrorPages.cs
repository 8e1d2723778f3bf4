using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Console.Hosting;
using Roadworthy.Console.Requests;
using Roadworthy.Errors.Tracking;
using Roadworthy.Queries;

namespace Roadworthy.Console.Errors;

/// <summary>The pages of error groups, and the forms that say what is to become of one.</summary>
internal static class ErrorPages
{
    private const int PageSize = 25;
    private const int LongestText = 200;

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/errors", ListAsync).WithMetadata(new PageDepth(1));
        console.MapGet("/errors/{id:guid}", ShowAsync).WithMetadata(new PageDepth(2));
        Form("resolve", "resolved", (tracker, id, by, cancel) => tracker.ResolveAsync(id, inNextRelease: false, by, cancel));
        Form("resolve-next", "resolved in the next release", (tracker, id, by, cancel) => tracker.ResolveAsync(id, inNextRelease: true, by, cancel));
        Form("ignore", "ignored", (tracker, id, by, cancel) => tracker.IgnoreAsync(id, by, cancel));
        Form("reopen", "open", (tracker, id, by, cancel) => tracker.ReopenAsync(id, by, cancel));

        void Form(string name, string status, Func<ErrorTracker, Guid, string?, CancellationToken, Task<bool>> change) =>
            console.MapPost($"/errors/{{id:guid}}/{name}", async Task<IResult> (Guid id, HttpContext http, ConsoleView view, Reach reach, ILogger<ConsoleView> log) =>
            {
                if (http.RequestServices.GetService<ErrorTracker>() is not { } tracker) return Unknown();
                var changed = await reach.AskAsync(cancel => change(tracker, id, view.User, cancel), http.RequestAborted);
                if (changed.Fault is { } fault) return Notices.NotReached(fault);
                if (!changed.Value) return Unknown();
                log.ErrorSet(view.User, id, status);
                return new SeeOther($"{view.Base}/errors/{id}?done={name}");
            }).WithMetadata(new PageDepth(3));
    }

    private static async Task<IResult> ListAsync(HttpContext http, Reach reach)
    {
        var query = http.Request.Query;
        var tab = query["status"].ToString() is "resolved" or "ignored" or "all" ? query["status"].ToString() : "open";
        var text = query["text"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
        if (text.Length > LongestText) text = text[..LongestText];
        var tracker = http.RequestServices.GetService<ErrorTracker>();
        var filter = new ErrorGroupFilter
        {
            Status = tab switch { "open" => ErrorGroupStatus.Open, "resolved" => ErrorGroupStatus.Resolved, "ignored" => ErrorGroupStatus.Ignored, _ => null },
            Text = text.Length == 0 ? null : text,
            After = query["after"].ToString() is { Length: > 0 } after ? after : null,
            Limit = PageSize,
        };
        var page = tracker is null ? default : await reach.AskAsync(cancel => ReadAsync(tracker, filter, cancel), http.RequestAborted);
        return new RazorComponentResult<ErrorsPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ErrorsPage.Status)] = tracker?.Status,
            [nameof(ErrorsPage.Errors)] = page.Value,
            [nameof(ErrorsPage.Fault)] = page.Fault,
            [nameof(ErrorsPage.Tab)] = tab,
            [nameof(ErrorsPage.Text)] = text,
        });
    }

    // An address that was changed by hand shows the first page.
    private static async Task<ErrorGroupPage> ReadAsync(ErrorTracker tracker, ErrorGroupFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            return await tracker.ListAsync(filter, cancellationToken);
        }
        catch (FormatException)
        {
            return await tracker.ListAsync(filter with { After = null }, cancellationToken);
        }
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, Reach reach)
    {
        if (http.RequestServices.GetService<ErrorTracker>() is not { } tracker) return Unknown();
        var found = await reach.AskAsync(cancel => tracker.FindAsync(id, cancel), http.RequestAborted);
        if (found.Fault is { } fault) return Notices.NotReached(fault);
        if (found.Value is not { } detail) return Unknown();
        var shown = Guid.TryParse(http.Request.Query["event"], out var wanted) ? detail.Latest.Append(detail.First).FirstOrDefault(item => item?.Id == wanted) : null;
        shown ??= detail.Latest.FirstOrDefault(item => item.Record is not null) ?? detail.First ?? (detail.Latest.Count > 0 ? detail.Latest[0] : null);
        return new RazorComponentResult<ErrorPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ErrorPage.Detail)] = detail,
            [nameof(ErrorPage.Shown)] = shown,
            [nameof(ErrorPage.InHistory)] = RequestPages.ByTrace(http.RequestServices.GetService<RequestHistory>(), shown?.TraceId)?.Id,
            [nameof(ErrorPage.Done)] = http.Request.Query["done"].ToString(),
        });
    }

    private static RazorComponentResult Unknown() =>
        Notices.NotFound("There is no such error", "Groups that were not seen for 90 days are let go of, or what the options say.");
}
