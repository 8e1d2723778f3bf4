using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Console.Hosting;
using Roadworthy.Sessions;

namespace Roadworthy.Console.Sessions;

/// <summary>The pages of sessions, and the form that ends one.</summary>
internal static class SessionsPages
{
    private const int PageSize = 50;
    private const int MostEvents = 200;
    private const int LongestUser = 200;

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/sessions", ListAsync).WithMetadata(new PageDepth(1));
        console.MapGet("/sessions/events", (HttpContext http) =>
            new RazorComponentResult<EventsPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(EventsPage.Events)] = http.RequestServices.GetService<SessionHistory>()?.Latest(MostEvents),
            })).WithMetadata(new PageDepth(2));
        console.MapPost("/sessions/{id:guid}/end", EndAsync).WithMetadata(new PageDepth(3));
    }

    private static async Task<IResult> ListAsync(HttpContext http, Reach reach, UserNames names)
    {
        var user = http.Request.Query["user"].ToString().Trim();
        if (user.Length > LongestUser) user = user[..LongestUser];
        Guid? after = Guid.TryParse(http.Request.Query["after"], out var last) ? last : null;
        var manager = http.RequestServices.GetService<SessionManager>();
        var id = await names.FindAsync(user, http.RequestAborted);
        var page = manager is null
            ? default
            : await reach.AskAsync(cancel => manager.ListActiveAsync(id.Length == 0 ? null : id, after, PageSize, cancel), http.RequestAborted);
        return new RazorComponentResult<SessionsPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(SessionsPage.IsAdded)] = manager is not null,
            [nameof(SessionsPage.Sessions)] = page.Value,
            [nameof(SessionsPage.Fault)] = page.Fault,
            [nameof(SessionsPage.Names)] = await names.OfAsync(page.Value?.Items.Select(session => session.UserId) ?? [], http.RequestAborted),
            [nameof(SessionsPage.User)] = user,
            [nameof(SessionsPage.FindsByName)] = names.CanFind,
            [nameof(SessionsPage.Done)] = http.Request.Query["done"] == "end",
        });
    }

    private static async Task<IResult> EndAsync(Guid id, HttpContext http, ConsoleView view, Reach reach, ILogger<ConsoleView> log)
    {
        if (http.RequestServices.GetService<SessionManager>() is not { } manager) return Unknown();
        var ended = await reach.AskAsync(cancel => manager.EndAsync(id, cancel), http.RequestAborted);
        if (ended.Fault is { } fault) return Notices.NotReached(fault);
        if (!ended.Value) return Unknown();
        log.SessionEnded(view.User, id);
        return new SeeOther($"{view.Base}/sessions?done=end");
    }

    private static RazorComponentResult Unknown() => Notices.NotFound("There is no such session", "It has ended already.");
}
