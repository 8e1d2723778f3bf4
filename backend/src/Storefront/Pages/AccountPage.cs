using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using Roadworthy.Sessions;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>One's own account and orders.</summary>
internal static class AccountPage
{
    private const int OrdersShown = 20;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/account", Get).RequireAuthorization(SessionPages.Policy());

    private static async Task<IResult> Get(HttpContext http, IAntiforgery forgery, StorefrontDb db, IOwner me, CancellationToken cancellationToken, Cursor? after = null)
    {
        // A session of an account that is gone is none: the view has no row for it. This is for the moment in between.
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == me.Id, cancellationToken) is not { } person) return TypedResults.LocalRedirect(PagesApi.LogIn);
        return PageResult.Of<AccountView>(http, new(StringComparer.Ordinal)
        {
            [nameof(AccountView.Visitor)] = Visitor.Of(http, forgery),
            [nameof(AccountView.Person)] = person,
            [nameof(AccountView.List)] = await OrdersApi.List(db, cancellationToken, after, OrdersShown),
            [nameof(AccountView.After)] = after?.ToString(),
        });
    }
}
