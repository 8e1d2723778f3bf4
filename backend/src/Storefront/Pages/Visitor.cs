using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Storefront.Accounts;

namespace Storefront.Pages;

/// <summary>Who looks at a page.</summary>
/// <param name="IsAdmin">Whether the pages of administrators are for them.</param>
/// <param name="Token">For the form to log out with.</param>
public sealed record Visitor(bool IsAdmin, FormToken Token)
{
    public static Visitor Of(HttpContext http, IAntiforgery forgery) => new(http.User.HasClaim("role", AccountsApi.AdminRole), forgery.NewToken(http));
}
