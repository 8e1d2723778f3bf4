using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Storefront.Pages;

/// <summary>A page as an answer.</summary>
internal static class PageResult
{
    /// <summary>The one style sheet and forms to this site: no script, no frame, nothing from elsewhere.</summary>
    public const string Policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static RazorComponentResult<TPage> Of<TPage>(HttpContext http, Dictionary<string, object?> parameters)
        where TPage : IComponent => Of<TPage>(http, StatusCodes.Status200OK, parameters);

    public static RazorComponentResult<TPage> Of<TPage>(HttpContext http, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        return new(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }
}
