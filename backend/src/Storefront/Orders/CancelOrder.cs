using System.Data;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Hosting.Conditional;

namespace Storefront.Orders;

/// <summary>Cancels an order of the current user and gives its stock back. Of any number of cancels at once, one does it.</summary>
internal sealed class CancelOrder(StorefrontDb db)
{
    /// <param name="id">The order.</param>
    /// <param name="ifMatch">The versions that may be cancelled.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ExecuteAsync(Guid id, IfMatch ifMatch, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async cancel =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
                // The condition and the change are one statement: whoever comes second changes no row, and gives nothing back.
                var cancelled = await db.Orders
                    .Where(order => order.Id == id && (order.Status == OrderStatus.Pending || order.Status == OrderStatus.Paid))
                    .Where(order => ifMatch.Any || ifMatch.Versions.Contains(order.Version))
                    .ExecuteUpdateAsync(set => set.SetProperty(order => order.Status, OrderStatus.Cancelled), cancel);
                if (cancelled == 1) await GiveBackAsync(id, cancel);
                await transaction.CommitAsync(cancel);
            },
            cancellationToken);

    // Locks in the order of ids, as PlaceOrder does.
    private Task<int> GiveBackAsync(Guid id, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        WITH locked AS (
          SELECT product.id, item.quantity
          FROM order_items item JOIN products product ON product.id = item.product_id
          WHERE item.order_id = {id}
          ORDER BY product.id
          FOR NO KEY UPDATE OF product)
        UPDATE products SET stock = stock + locked.quantity FROM locked WHERE products.id = locked.id
        """,
        cancellationToken);
}
