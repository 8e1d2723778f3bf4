using System.Text.Json.Serialization;
using Storefront.Accounts;
using Storefront.Data;
using Storefront.Products;

namespace Storefront.Orders;

[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("paid")]
    Paid,

    [JsonStringEnumMemberName("shipped")]
    Shipped,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <summary>What one user bought at one moment, at the catalogue's prices of that moment.</summary>
public sealed class Order : IOwned, IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    public User? User { get; init; }

    public OrderStatus Status { get; set; }

    public required long TotalCents { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public long Version { get; init; }

    public List<OrderItem> Items { get; init; } = [];
}

/// <summary>One line of an order. Name and price are copies: a later change of the catalogue does not rewrite history.</summary>
public sealed class OrderItem
{
    public Guid OrderId { get; init; }

    /// <summary>The line's place in the order, from 0.</summary>
    public required short Line { get; init; }

    public required Guid ProductId { get; init; }

    public Product? Product { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    public required int UnitPriceCents { get; init; }
}
