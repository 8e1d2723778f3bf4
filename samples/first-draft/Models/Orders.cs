namespace FirstDraft.Models;

public static class OrderStatus
{
    public const string Pending = "pending";
    public const string Cancelled = "cancelled";
}

public class Order
{
    public Guid Id { get; set; } = Guid.NewGuid();
    public Guid UserId { get; set; }
    public string Status { get; set; } = OrderStatus.Pending;
    public int TotalCents { get; set; }
    public bool GiftWrap { get; set; }
    public DateTime? DeliverAfter { get; set; }
    public DateTime CreatedAt { get; set; } = DateTime.UtcNow;
    public List<OrderItem> Items { get; set; } = [];
}

public class OrderItem
{
    public Guid Id { get; set; } = Guid.NewGuid();
    public Guid OrderId { get; set; }
    public Guid ProductId { get; set; }
    public Product Product { get; set; } = null!;
    public int Quantity { get; set; }
    public int UnitPriceCents { get; set; }
}
