using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Console.Hosting;

/// <summary>What every page and form of the console goes through: the form's proof, the view's facts, the headers, the entity tag.</summary>
internal sealed class ConsoleFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var antiforgery = services.GetRequiredService<IAntiforgery>();
        var view = services.GetRequiredService<ConsoleView>();
        var depth = http.GetEndpoint()?.Metadata.GetMetadata<PageDepth>()?.Segments ?? 0;
        ConsoleHeaders.Set(http);
        if (!NamedHost.Is(http.Request)) return NamedHost.Refuse();
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && await FormGuard.RefuseAsync(http, antiforgery) is { } refusal)
        {
            services.GetRequiredService<ILogger<ConsoleFilter>>().FormRefused(http.Request.Path, refusal.Status, refusal.Title);
            view.Begin(http, depth, antiforgery: null);
            return new LivePage(Notices.Page(refusal.Status, refusal.Title, refusal.Advice), view);
        }

        view.Begin(http, depth, antiforgery);
        var result = await next(context);
        return result is RazorComponentResult page ? new LivePage(page, view) : result;
    }
}

/// <summary>How many segments of an endpoint's path stand behind the console's prefix.</summary>
internal sealed record PageDepth(int Segments);
