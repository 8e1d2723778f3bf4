using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Services;
using FirstDraft.Tickets;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Mended.Services;

public class OrderService(AppDbContext db, StockTable stock)
{
    public async Task<Order> CreateAsync(Guid userId, NewOrderRequest request)
    {
        var order = new Order { UserId = userId, GiftWrap = request.GiftWrap, DeliverAfter = request.DeliverAfter?.UtcDateTime };
        var quantities = OrderLines.Merge(request.Items);
        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            cancellationToken => PlaceAsync(order, quantities, cancellationToken),
            cancellationToken => db.Orders.AsNoTracking().AnyAsync(placed => placed.Id == order.Id, cancellationToken));
        return order;
    }

    public Task<List<Order>> ListAsync(Guid userId, BoundedPage page) => WithItems().Where(order => order.UserId == userId)
        .OrderByDescending(order => order.CreatedAt).ThenBy(order => order.Id)
        .Skip(page.Offset).Take(page.Limit).AsSplitQuery().ToListAsync();

    public async Task<Order> GetAsync(Guid id, Guid userId) =>
        await WithItems().FirstOrDefaultAsync(order => order.Id == id && order.UserId == userId) ?? throw new ApiException(404, "Order not found");

    public async Task<Order> CancelAsync(Guid id, Guid userId)
    {
        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            async cancellationToken =>
            {
                // The condition and the change are one statement: whoever comes second changes no row, and gives nothing back.
                var cancelled = await db.Orders.Where(order => order.Id == id && order.UserId == userId && order.Status == OrderStatus.Pending)
                    .ExecuteUpdateAsync(set => set.SetProperty(order => order.Status, OrderStatus.Cancelled), cancellationToken);
                if (cancelled == 0) throw new ApiException(409, $"Order is already {(await GetAsync(id, userId)).Status}");
                var items = await db.OrderItems.AsNoTracking().Include(item => item.Product).Where(item => item.OrderId == id).ToListAsync(cancellationToken);
                await stock.LockAsync([.. items.Select(item => item.Product.Sku)]);
                await stock.AddAsync([.. items.Select(item => item.ProductId)], [.. items.Select(item => item.Quantity)]);
            },
            cancellationToken => db.Orders.AsNoTracking().AnyAsync(order => order.Id == id && order.Status == OrderStatus.Cancelled, cancellationToken));
        return await GetAsync(id, userId);
    }

    private async Task PlaceAsync(Order order, Dictionary<string, int> quantities, CancellationToken cancellationToken)
    {
        order.Items = OrderLines.From(quantities, await stock.LockAsync([.. quantities.Keys]));
        order.TotalCents = FirstDraft.Services.OrderService.TotalOf(order.Items);
        Guid[] products = [.. order.Items.Select(item => item.ProductId)];
        int[] pieces = [.. order.Items.Select(item => item.Quantity)];
        int[] prices = [.. order.Items.Select(item => item.UnitPriceCents)];
        await stock.AddAsync(products, [.. pieces.Select(quantity => -quantity)]);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (id, user_id, status, total_cents, gift_wrap, deliver_after, created_at)
            VALUES ({order.Id}, {order.UserId}, {order.Status}, {order.TotalCents}, {order.GiftWrap}, {order.DeliverAfter}, {order.CreatedAt})
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents)
            SELECT {order.Id}, line.* FROM unnest({products}, {pieces}, {prices}) AS line
            """,
            cancellationToken);
    }

    private IQueryable<Order> WithItems() => db.Orders.AsNoTracking().Include(order => order.Items).ThenInclude(item => item.Product);
}
