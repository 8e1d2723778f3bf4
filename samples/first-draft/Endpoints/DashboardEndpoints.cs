using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.Endpoints;

public static class DashboardEndpoints
{
    public static void MapDashboardEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/dashboard", Get).RequireAuthorization(CurrentUser.AdminPolicy).Produces<DashboardResponse>();

    private static async Task<IResult> Get(DashboardService dashboard, int page = 1, int limit = 20)
    {
        limit = Math.Min(limit, 500);
        return Results.Ok(new DashboardResponse(await dashboard.LoadAsync(page, limit), page, limit));
    }
}
