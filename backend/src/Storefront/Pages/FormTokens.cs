using Microsoft.AspNetCore.Antiforgery;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>What a form carries so that no other site can send it.</summary>
/// <param name="Field">The name of its hidden field.</param>
/// <param name="Value">Bound to the browser by a cookie, and to who is signed in.</param>
public sealed record FormToken(string Field, string Value);

internal static class FormTokens
{
    public static FormToken NewToken(this IAntiforgery forgery, HttpContext http)
    {
        var tokens = forgery.GetAndStoreTokens(http);
        return new(tokens.FormFieldName, tokens.RequestToken!);
    }

    /// <summary>Refuses a form that this site did not give to this browser.</summary>
    public static RouteHandlerBuilder RequireFormToken(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        try
        {
            await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            return PageResult.Of<NoticeView>(http, StatusCodes.Status400BadRequest, new(StringComparer.Ordinal)
            {
                [nameof(NoticeView.Heading)] = "This form is no longer good",
                [nameof(NoticeView.Text)] = "Nothing was done. It is older than this browser's cookies, somebody else is signed in by now, or it did not come from this site.",
                [nameof(NoticeView.Link)] = http.Request.Path.Value,
                [nameof(NoticeView.LinkText)] = "Open the page again",
            });
        }

        return await next(context);
    });
}
