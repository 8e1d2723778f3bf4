namespace Roadworthy.Inspection.Tests.Whole;

/// <summary>For each row of a draft's FAULTS.md what an inspection finds of it: rule, endpoint and, where one endpoint has several faults of a rule, what tells them apart.</summary>
internal static class DraftRows
{
    private static readonly string[] Texts =
    [
        "PATCH /api/me", "PATCH /api/products/{sku}", "POST /api/login", "POST /api/logout", "POST /api/orders", "POST /api/products", "POST /api/products/{sku}/reviews", "POST /api/signup", "POST /api/token/refresh",
    ];

    private static readonly string[] Lists = ["GET /api/addresses", "GET /api/dashboard", "GET /api/orders", "GET /api/products"];

    private static readonly string[] Orders = ["GET /api/orders", "GET /api/orders/{id}", "POST /api/orders", "POST /api/orders/{id}/cancel"];

    private static readonly string[] FailsWith500 =
    [
        "GET /api/addresses", "GET /api/dashboard", "GET /api/me", "GET /api/products", "GET /api/products/{sku}", "GET /api/products/{sku}/reviews", "GET /api/tickets", "GET /api/tickets/{id}", "PATCH /api/me",
        "PATCH /api/products/{sku}", "POST /api/products", "POST /api/products/{sku}/reviews", "POST /api/signup", "POST /api/tickets",
    ];

    private static readonly string[] Stock = ["POST /api/products", "PATCH /api/products/{sku}"];

    private static readonly string[] Addresses = ["POST /api/addresses", "PATCH /api/addresses/{id}"];

    public static IReadOnlyDictionary<string, string[]> CSharp { get; } = With(new()
    {
        ["I4"] = [.. At("RW150", "23514", Stock), .. At("RW450", "23514", Stock)],
        ["I8"] = ["RW151 *"],
        ["I9"] = ["RW150 POST /api/orders offset"],
        ["I11"] = ["RW155 POST /api/products missing /stock"],
        ["E6"] = ["RW456 POST /api/orders inventory", "RW456 POST /api/orders/{id}/cancel orders"],
    });

    public static IReadOnlyDictionary<string, string[]> Node { get; } = With(new()
    {
        ["I4"] = [.. At("RW150", "23514", Stock), .. At("RW450", "23514", Stock), .. At("RW150", "22003", [.. Stock, "POST /api/signup", "PATCH /api/me"]), "RW150 POST /api/orders 22008"],
        ["I5"] = ["RW150 *"],
        ["I6"] = ["RW154 POST /api/products/{sku}/reviews flag /anonymous"],
        ["I7"] = At("RW156", "", "GET /api/orders/{id}", "POST /api/orders/{id}/cancel"),
        ["I10"] = At("RW154", "surrogate", [.. Addresses, .. Stock, "POST /api/products/{sku}/reviews", "POST /api/signup", "PATCH /api/me"]),
        ["E6"] = ["RW456 POST /api/orders inventory", "RW456 PATCH /api/products/{sku} products", "RW456 POST /api/orders/{id}/cancel orders"],
        ["E8"] = ["RW455 GET /api/me"],
    });

    private static Dictionary<string, string[]> With(Dictionary<string, string[]> own) => new(own, StringComparer.Ordinal)
    {
        ["I1"] = ["RW152 *"],
        ["I2"] = At("RW156", "", Lists),
        ["I3"] = At("RW150", "22021", Texts),
        ["Q1"] = ["RW250 GET /api/dashboard"],
        ["Q2"] = ["RW252 GET /api/products/{sku}/reviews"],
        ["Q3"] = ["RW255 * order_items.order_id", "RW255 * order_items.product_id"],
        ["Q4"] = ["RW254 GET /api/products/{sku}"],
        ["Q5"] = ["RW250 POST /api/orders"],
        ["R1"] = ["RW352 POST /api/token/refresh"],
        ["R2"] = ["RW350 POST /api/orders"],
        ["R3"] = ["RW350 POST /api/signup"],
        ["R4"] = ["RW350 POST /api/orders/{id}/cancel"],
        ["E1"] = At("RW453", "", FailsWith500),
        ["E2"] = ["RW450 POST /api/products 23505"],
        ["E3"] = At("RW451", "", "GET /api/products/{sku}", "PATCH /api/products/{sku}", "GET /api/products/{sku}/reviews", "POST /api/products/{sku}/reviews"),
        ["E4"] = [.. At("RW452", "", Addresses), .. At("RW451", "", Addresses)],
        ["E5"] = ["RW456 POST /api/products list", "RW456 POST /api/products products"],
        ["E7"] = At("RW453", "nothing", Orders),
        ["A1"] = ["RW550 GET /api/orders/{id}"],
    };

    private static string[] At(string rule, string detail, params string[] endpoints) => [.. endpoints.Select(endpoint => $"{rule} {endpoint} {detail}".TrimEnd())];
}
