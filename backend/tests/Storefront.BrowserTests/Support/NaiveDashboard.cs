using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.BrowserTests.Support;

/// <summary>The dashboard as it was first generated: the orders of each user are asked for by themselves. And an order that can't be placed.</summary>
internal static class NaiveDashboard
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/naive", ListAsync).AllowAnonymous();
        app.MapGet("/boom", string () => throw new InvalidOperationException("The basket is empty")).AllowAnonymous();
    }

    private static async Task<IResult> ListAsync(StorefrontDb database)
    {
        var orders = 0;
        foreach (var user in await database.Users.OrderBy(user => user.Id).Take(OperatorsSite.Users).Select(user => user.Id).ToListAsync())
            orders += await database.Orders.IgnoreQueryFilters().CountAsync(order => order.UserId == user);
        return TypedResults.Text($"{orders}");
    }
}
