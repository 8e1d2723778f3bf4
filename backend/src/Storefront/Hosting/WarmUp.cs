using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Storefront.Data;

namespace Storefront.Hosting;

/// <summary>
/// Compiles what the first requests need while the process waits for other things at its start: EF Core's model and its first
/// query take most of a second of one core.
/// </summary>
public static class WarmUp
{
    /// <summary>Begins, and returns at once. Nothing depends on it, and it asks no server.</summary>
    /// <param name="migrations">Whether migrations are likely to be applied.</param>
    public static void Begin(bool migrations = false) => _ = Task.Run(() =>
    {
        using var db = new DesignTime().CreateDbContext([]);
        if (migrations) db.GetService<IMigrator>().GenerateScript();
        _ = db.Orders.Where(order => order.Id == Guid.Empty).Select(Orders.OrderAnswer.Projection).ToQueryString();
    });
}
