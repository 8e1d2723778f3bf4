using System.Linq.Expressions;
using System.Text.Json.Serialization;

namespace Storefront.Orders;

public sealed record ItemAnswer(string Sku, string Name, int Quantity, int UnitPriceCents);

/// <summary>An order as its owner sees it.</summary>
/// <param name="Version">Shown as entity tag.</param>
public sealed record OrderAnswer(
    Guid Id, OrderStatus Status, long TotalCents, DateTimeOffset CreatedAt, IReadOnlyList<ItemAnswer> Items, [property: JsonIgnore] long Version)
{
    /// <summary>Read by the database: only what the answer shows.</summary>
    public static readonly Expression<Func<Order, OrderAnswer>> Projection = order => new(
        order.Id, order.Status, order.TotalCents, order.CreatedAt,
        order.Items.OrderBy(item => item.Line).Select(item => new ItemAnswer(item.Sku, item.Name, item.Quantity, item.UnitPriceCents)).ToList(),
        order.Version);
}
