using FirstDraft.Data;
using FirstDraft.Models;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Services;

public class DashboardService(AppDbContext db)
{
    public async Task<List<DashboardUser>> LoadAsync(int page, int limit)
    {
        var users = await db.Users.AsNoTracking()
            .OrderBy(user => user.CreatedAt).ThenBy(user => user.Id)
            .Skip((page - 1) * limit).Take(limit)
            .ToListAsync();

        var result = new List<DashboardUser>();
        foreach (var user in users)
        {
            var orders = await db.Orders.AsNoTracking()
                .Include(order => order.Items).ThenInclude(item => item.Product)
                .Where(order => order.UserId == user.Id)
                .OrderBy(order => order.CreatedAt).ThenBy(order => order.Id)
                .ToListAsync();
            result.Add(DashboardUser.From(user, orders));
        }

        return result;
    }
}
