using FirstDraft.Data;
using FirstDraft.Models;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Services;

public class OrderService(AppDbContext db, InventoryService inventory)
{
    public async Task<Order> CreateAsync(Guid userId, NewOrderRequest request)
    {
        var order = new Order { UserId = userId, GiftWrap = request.GiftWrap, DeliverAfter = request.DeliverAfter };
        foreach (var line in request.Items)
        {
            var product = await inventory.ReserveAsync(line.Sku, line.Quantity);
            order.Items.Add(new OrderItem { ProductId = product.Id, Product = product, Quantity = line.Quantity, UnitPriceCents = product.PriceCents });
        }

        order.TotalCents = TotalOf(order.Items);
        db.Orders.Add(order);
        await db.SaveChangesAsync();
        return order;
    }

    public async Task<List<Order>> ListAsync(Guid userId, int page, int limit) =>
        await WithItems().Where(order => order.UserId == userId)
            .OrderByDescending(order => order.CreatedAt).ThenBy(order => order.Id)
            .Skip((page - 1) * limit).Take(limit)
            .AsSplitQuery().ToListAsync();

    public async Task<Order?> GetAsync(Guid orderId) => await WithItems().FirstOrDefaultAsync(order => order.Id == orderId);

    public async Task<Order> CancelAsync(Guid orderId, Guid userId)
    {
        var order = await db.Orders.Include(candidate => candidate.Items).ThenInclude(item => item.Product)
            .FirstOrDefaultAsync(candidate => candidate.Id == orderId && candidate.UserId == userId);
        if (order is null) throw new ApiException(404, "Order not found");
        if (order.Status != OrderStatus.Pending) throw new ApiException(409, $"Order is already {order.Status}");

        order.Status = OrderStatus.Cancelled;
        await db.SaveChangesAsync();
        foreach (var item in order.Items) await inventory.ReleaseAsync(item.ProductId, item.Quantity);
        return order;
    }

    public static int TotalOf(IEnumerable<OrderItem> items) => items.Sum(item => item.Quantity * item.UnitPriceCents);

    private IQueryable<Order> WithItems() => db.Orders.AsNoTracking().Include(order => order.Items).ThenInclude(item => item.Product);
}
