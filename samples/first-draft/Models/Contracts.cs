namespace FirstDraft.Models;

public record SignupRequest(string Email, string Password, string Name, int Age, bool Newsletter = false);

public record LoginRequest(string Email, string Password);

public record RefreshRequest(string RefreshToken);

public record LogoutRequest(string RefreshToken, bool Everywhere = false);

public record UpdateMeRequest(string? Name = null, int? Age = null, bool? Newsletter = null);

public record NewProductRequest(
    string Sku, string Name, int PriceCents, int Stock, int? WeightGrams = null, int? MaxPerOrder = null, bool Active = true);

public record UpdateProductRequest(
    string? Name = null, int? PriceCents = null, int? Stock = null, int? WeightGrams = null, int? MaxPerOrder = null, bool? Active = null);

public record NewReviewRequest(int Rating, string Text, bool Recommend = true);

public record OrderLineRequest(string Sku, int Quantity);

public record NewOrderRequest(List<OrderLineRequest> Items, bool GiftWrap = false, DateTime? DeliverAfter = null);

public record NewAddressRequest(string Street, string City, int? Floor = null, bool IsDefault = false);

public record UpdateAddressRequest(string? Street = null, string? City = null, int? Floor = null, bool? IsDefault = null);

public record AccountResponse(Guid Id, string Email, string Name, int Age, bool Newsletter);

public record TokenResponse(string AccessToken, string RefreshToken, int ExpiresIn);

public record MeResponse(Guid Id, string Email, string Name, int Age, bool Newsletter, string Role, DateTime CreatedAt)
{
    public static MeResponse From(User user) => new(user.Id, user.Email, user.Name, user.Age, user.Newsletter, user.Role, user.CreatedAt);
}

public record ProductResponse(string Sku, string Name, int PriceCents, int Stock, int? WeightGrams, int? MaxPerOrder, bool Active, int Views)
{
    public static ProductResponse From(Product product) => new(
        product.Sku, product.Name, product.PriceCents, product.Inventory!.Stock, product.Inventory.WeightGrams, product.Inventory.MaxPerOrder,
        product.Active, product.Views);
}

public record ReviewResponse(Guid Id, int Rating, string Text, bool Recommend, string Author, DateTime CreatedAt)
{
    public static ReviewResponse From(Review review) => new(review.Id, review.Rating, review.Text, review.Recommend, review.User.Name, review.CreatedAt);
}

public record ReviewListResponse(List<ReviewResponse> Items, double? AverageRating);

public record OrderItemResponse(string Sku, string Name, int Quantity, int UnitPriceCents);

public record OrderResponse(Guid Id, string Status, int TotalCents, bool GiftWrap, DateTime? DeliverAfter, DateTime CreatedAt, List<OrderItemResponse> Items)
{
    public static OrderResponse From(Order order) => new(
        order.Id, order.Status, order.TotalCents, order.GiftWrap, order.DeliverAfter, order.CreatedAt,
        order.Items.OrderBy(item => item.Product.Sku, StringComparer.Ordinal)
            .Select(item => new OrderItemResponse(item.Product.Sku, item.Product.Name, item.Quantity, item.UnitPriceCents)).ToList());
}

public record AddressResponse(Guid Id, string Street, string City, int? Floor, bool IsDefault)
{
    public static AddressResponse From(Address address) => new(address.Id, address.Street, address.City, address.Floor, address.IsDefault);
}

public record DashboardUser(Guid Id, string Name, string Email, int Age, DateTime CreatedAt, List<OrderResponse> Orders)
{
    public static DashboardUser From(User user, IEnumerable<Order> orders) =>
        new(user.Id, user.Name, user.Email, user.Age, user.CreatedAt, orders.Select(OrderResponse.From).ToList());
}

public record DashboardResponse(List<DashboardUser> Users, int Page, int Limit);

public record PageResponse<T>(List<T> Items, int Page, int Limit);

public record ErrorResponse(string Error);
