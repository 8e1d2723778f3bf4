using System.ComponentModel.DataAnnotations;
using Storefront.Accounts;
using Storefront.Data;
using Storefront.Hosting;

namespace Storefront.Dashboard;

/// <summary>Every user with their orders and the orders' items, for administrators.</summary>
internal static class DashboardApi
{
    public const int MaxUsers = 500;

    public static IServiceCollection AddDashboard(this IServiceCollection services) => services.AddSingleton<DashboardQuery>();

    public static void MapDashboard(this IEndpointRouteBuilder api) =>
        api.MapGet("/dashboard", Get).WithQueryBudget(3 + QueryBudgets.Session).RequireAuthorization(AccountsApi.AdminPolicy).WithTags("Dashboard").WithName("Dashboard")
            .WithSummary("Users with orders and items, by keyset pages; three statements in one round trip, whatever the page holds.")
            .Produces<DashboardAnswer>();

    private static async Task Get(
        DashboardQuery query, HttpContext http, CancellationToken cancellationToken, Cursor? after = null, [Range(1, MaxUsers)] int limit = 50)
    {
        // Read to its end before the first byte is written: an outage in the middle is a problem document, not half an answer.
        using var page = await query.ReadAsync(after?.Id ?? Guid.Empty, limit, cancellationToken);
        http.Response.ContentType = "application/json; charset=utf-8";
        var answer = page.Assemble();
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer, cancellationToken);
    }
}
