using FirstDraft.Mended.Http;
using FirstDraft.Models;

namespace FirstDraft.Mended;

public record NewOrderRequest(List<OrderLineRequest> Items, bool GiftWrap = false, DateTimeOffset? DeliverAfter = null);

/// <summary>The rules of the requests: each method throws where one is broken, naming every field.</summary>
public static class Requests
{
    private const int MaxPrice = 1_000_000;
    private const int MaxStock = 1_000_000_000;

    public static void Check(SignupRequest request) => new Rules()
        .Email("email", request.Email?.Trim()).Text("password", request.Password, 200, 8).Text("name", request.Name, 200).Range("age", request.Age, 1, 150).Check();

    public static void Check(LoginRequest request) => new Rules().Text("email", request.Email, 254).Text("password", request.Password, 200).Check();

    public static void Check(RefreshRequest request) => new Rules().Text("refreshToken", request.RefreshToken, 500).Check();

    public static void Check(LogoutRequest request) => new Rules().Text("refreshToken", request.RefreshToken, 500).Check();

    public static void Check(UpdateMeRequest request) => new Rules().OptionalText("name", request.Name, 200).Range("age", request.Age, 1, 150).Check();

    public static void Check(NewProductRequest request) => new Rules()
        .Text("sku", request.Sku, 64).Text("name", request.Name, 200).Range("priceCents", request.PriceCents, 1, MaxPrice).Range("stock", request.Stock, 0, MaxStock)
        .Range("weightGrams", request.WeightGrams, 1, int.MaxValue).Range("maxPerOrder", request.MaxPerOrder, 1, int.MaxValue).Check();

    public static void Check(UpdateProductRequest request) => new Rules()
        .OptionalText("name", request.Name, 200).Range("priceCents", request.PriceCents, 1, MaxPrice).Range("stock", request.Stock, 0, MaxStock)
        .Range("weightGrams", request.WeightGrams, 1, int.MaxValue).Range("maxPerOrder", request.MaxPerOrder, 1, int.MaxValue).Check();

    public static void Check(NewReviewRequest request) => new Rules().Range("rating", request.Rating, 1, 5).Text("text", request.Text, 2_000).Check();

    // 20 lines of 100 pieces at the highest price stay within an integer.
    public static void Check(NewOrderRequest request)
    {
        var rules = new Rules().Require("items", request.Items.Count is >= 1 and <= 20, "Has to have 1 to 20 lines");
        for (var n = 0; n < request.Items.Count; n++)
        {
            if (request.Items[n] is not { } line) rules.Require($"items[{n}]", false, "Is required");
            else rules.Text($"items[{n}].sku", line.Sku, 64).Range($"items[{n}].quantity", line.Quantity, 1, 100);
        }

        // Years that PostgreSQL and every client can hold.
        rules.Require("deliverAfter", request.DeliverAfter is not { Year: < 2000 or > 2999 }, "Year out of range").Check();
    }

    public static void Check(NewAddressRequest request) => new Rules()
        .Text("street", request.Street, 200).Text("city", request.City, 200).Range("floor", request.Floor, -10, 300).Check();

    public static void Check(UpdateAddressRequest request) => new Rules()
        .OptionalText("street", request.Street, 200).OptionalText("city", request.City, 200).Range("floor", request.Floor, -10, 300).Check();
}
