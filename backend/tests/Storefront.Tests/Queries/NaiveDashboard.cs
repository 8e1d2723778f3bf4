using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Storefront.Accounts;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Queries;

/// <summary>The dashboard as it was first: the users, and then each one's orders.</summary>
internal static class NaiveDashboard
{
    public const string Route = "/naive/dashboard";

    public static void MapNaiveDashboard(this WebApplication app) => app.MapGet(Route, GetAsync).AllowAnonymous();

    private static async Task<IResult> GetAsync(StorefrontDb db)
    {
        var users = new List<object>();
        foreach (var user in await db.Set<User>().AsNoTracking().OrderBy(user => user.Id).Take(50).ToListAsync())
        {
            var orders = await db.Set<Order>().IgnoreQueryFilters().AsNoTracking().Where(order => order.UserId == user.Id).ToListAsync(); // the query in the loop
            users.Add(new { user.Name, Orders = orders.Count });
        }

        return Results.Ok(new { users });
    }
}
