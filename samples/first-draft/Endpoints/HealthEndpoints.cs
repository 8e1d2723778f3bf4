using FirstDraft.Data;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Endpoints;

public static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app) => app.MapGet("/health", async (AppDbContext db) =>
        await db.Database.CanConnectAsync()
            ? Results.Ok(new { status = "ok" })
            : Results.Json(new { status = "unavailable" }, statusCode: 503)).ExcludeFromDescription();
}
