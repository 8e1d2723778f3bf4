using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Storefront.Data;
using Storefront.Products;

namespace Storefront.Orders;

/// <summary>
/// Takes the stock and writes the order in one transaction. Products are locked in the order of their ids, so that two orders
/// of the same goods wait for each other in place of deadlocking.
/// </summary>
internal sealed class PlaceOrder(StorefrontDb db, IOwner buyer, TimeProvider time)
{
    public const int MaxItems = 100;
    public const int MaxQuantity = 1_000;

    public sealed record Request([property: Required, MinLength(1), MaxLength(MaxItems)] IReadOnlyList<RequestItem> Items);

    public sealed record RequestItem(
        [property: Required, StringLength(Product.MaxSkuLength)] string Sku, [property: Range(1, MaxQuantity)] int Quantity);

    internal abstract record Outcome;

    internal sealed record Placed(OrderAnswer Order) : Outcome;

    /// <param name="Items">Which of the request's items, from 0.</param>
    internal sealed record UnknownSkus(IReadOnlyList<int> Items) : Outcome;

    internal sealed record OutOfStock(IReadOnlyList<string> Skus) : Outcome;

    internal sealed record BuyerGone : Outcome;

    public async Task<Outcome> ExecuteAsync(Request request, CancellationToken cancellationToken)
    {
        try
        {
            return db.Database.CurrentTransaction is null ? await AloneAsync(request, cancellationToken) : await TryAsync(NewId(), request, isRepeat: false, cancellationToken);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation, ConstraintName: OrderTable.BuyerKey })
        {
            // The account was deleted since the token was made, or this moment.
            return new BuyerGone();
        }
    }

    /// <summary>In a transaction of its own. One with a key is in the transaction that keeps the key, which also decides on repeats.</summary>
    private async Task<Outcome> AloneAsync(Request request, CancellationToken cancellationToken)
    {
        // Made before the transaction: whether it was committed, when the answer to COMMIT is lost, can then be looked up.
        var id = NewId();
        var (attempts, outcome) = (0, default(Outcome));
        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            async cancel => { outcome = await TryAsync(id, request, isRepeat: attempts++ > 0, cancel); },
            async cancel => outcome is not Placed || await db.Orders.AsNoTracking().AnyAsync(order => order.Id == id, cancel),
            cancellationToken);
        return outcome!;
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private async Task<Outcome> TryAsync(Guid id, Request request, bool isRepeat, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var wanted = request.Items.GroupBy(item => item.Sku, item => item.Quantity, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(), StringComparer.Ordinal);
        var skus = wanted.Keys.ToArray();
        var products = await db.Products
            .FromSql($"SELECT * FROM products WHERE sku = ANY ({skus}) ORDER BY id FOR NO KEY UPDATE")
            .ToDictionaryAsync(product => product.Sku, StringComparer.Ordinal, cancellationToken);

        // Looked for under the locks, which a first attempt has until its commit is through, though its connection broke long before.
        if (isRepeat && await db.Orders.Where(order => order.Id == id).Select(OrderAnswer.Projection).SingleOrDefaultAsync(cancellationToken) is { } placed)
            return new Placed(placed);

        var unknown = Enumerable.Range(0, request.Items.Count).Where(index => !products.ContainsKey(request.Items[index].Sku)).ToList();
        if (unknown.Count > 0) return new UnknownSkus(unknown);
        var missing = skus.Where(sku => products[sku].Stock < wanted[sku]).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0) return new OutOfStock(missing);

        foreach (var (sku, quantity) in wanted) products[sku].Stock -= quantity;
        var order = Write(id, wanted, products);
        db.Orders.Add(order);
        await db.SaveChangesAsync(cancellationToken);
        return new Placed(new(order.Id, order.Status, order.TotalCents, order.CreatedAt,
            [.. order.Items.Select(item => new ItemAnswer(item.Sku, item.Name, item.Quantity, item.UnitPriceCents))], order.Version));
    }

    private Order Write(Guid id, Dictionary<string, int> wanted, Dictionary<string, Product> products)
    {
        var items = wanted.Select((want, line) => new OrderItem
        {
            OrderId = id,
            Line = (short)line,
            ProductId = products[want.Key].Id,
            Sku = want.Key,
            Name = products[want.Key].Name,
            Quantity = want.Value,
            UnitPriceCents = products[want.Key].PriceCents,
        }).ToList();
        return new()
        {
            Id = id,
            UserId = buyer.Id,
            TotalCents = items.Sum(item => (long)item.Quantity * item.UnitPriceCents),
            CreatedAt = ToMicroseconds(time.GetUtcNow()),
            Items = items,
        };
    }

    // What PostgreSQL keeps: the answer to the order and the answers after it then show the same instant.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
