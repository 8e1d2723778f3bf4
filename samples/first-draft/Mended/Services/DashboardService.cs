using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Tickets;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Mended.Services;

public class DashboardService(AppDbContext db)
{
    public async Task<List<DashboardUser>> LoadAsync(BoundedPage page)
    {
        var users = await db.Users.AsNoTracking()
            .Include(user => user.Orders.OrderBy(order => order.CreatedAt).ThenBy(order => order.Id)).ThenInclude(order => order.Items).ThenInclude(item => item.Product)
            .OrderBy(user => user.CreatedAt).ThenBy(user => user.Id)
            .Skip(page.Offset).Take(page.Limit)
            .AsSplitQuery().ToListAsync();
        return users.Select(user => DashboardUser.From(user, user.Orders)).ToList();
    }
}
