using System.Text.Json.Nodes;
using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Proofs;

/// <summary>Input faults that only one of the drafts has: of its language, its framework or its driver.</summary>
internal static class ShapeProofs
{
    public static readonly Dictionary<string, Proof> All = new(StringComparer.Ordinal)
    {
        ["I5"] = new(BrokenJson),
        ["I6"] = new(FalseAsText, FalseInTicket),
        ["I7"] = new(instance => NoUuid(instance, "orders"), instance => NoUuid(instance, "tickets")),
        ["I8"] = new(NamelessRefusal),
        ["I9"] = new(InstantWithOffset),
        ["I10"] = new(HalfPair, HalfPairInTicket),
        ["I11"] = new(LeftOut),
    };

    private static async Task<Sighting> BrokenJson(Instance instance)
    {
        var answer = await instance.SendAsync("POST", "/api/login", """{"email":""");
        return new(answer.ToString(), answer.Status == 500, answer.Status == 400);
    }

    private static async Task<Sighting> FalseAsText(Instance instance)
    {
        var reviews = $"/api/products/{await instance.NewProductAsync(1)}/reviews";
        (await instance.SendAsync("POST", reviews, new { rating = 5, text = "Fine", anonymous = "false" }, (await instance.OwnerAsync()).Token)).Required();
        var stored = (await instance.SendAsync("GET", reviews)).Json["items"]![0]!["anonymous"]!.GetValue<bool>();
        return new($"\"false\" reads back as {stored}", stored, !stored);
    }

    private static async Task<Sighting> FalseInTicket(Instance instance)
    {
        var stored = (await instance.SendAsync("POST", "/api/tickets", instance.NewTicket(1, "false"), (await instance.OwnerAsync()).Token)).Required().Json["urgent"]!.GetValue<bool>();
        return new($"\"false\" reads back as {stored}", stored, !stored);
    }

    private static async Task<Sighting> NoUuid(Instance instance, string list)
    {
        var answer = await instance.SendAsync("GET", $"/api/{list}/42", token: instance.AdminToken);
        return new(answer.ToString(), answer.Status == 500, answer.Status == 404);
    }

    private static async Task<Sighting> NamelessRefusal(Instance instance)
    {
        var answer = await instance.SendAsync("POST", "/api/signup", """{"email":"nameless@example.com","password":"correct horse","name":"Ada","age":{}}""");
        var named = answer.Text.Contains("age", StringComparison.Ordinal);
        return new(answer.ToString(), answer.Status == 400 && !named, answer.Status == 400 && named);
    }

    private static async Task<Sighting> InstantWithOffset(Instance instance)
    {
        var person = await instance.OwnerAsync();
        var utc = await OrderFor("2026-12-24T17:00:00Z");
        var offset = await OrderFor("2026-12-24T18:00:00+01:00");
        // Without an offset it is refused, or it would be another instant on another server.
        var none = await OrderFor("2026-12-24T18:00:00");
        return new($"{utc}\n{offset}\n{none}", utc.IsSuccess && offset.Status == 500 && none.Status == 500,
            utc.IsSuccess && offset.IsSuccess && Instant(offset) == Instant(utc) && none.Status == 400);

        async Task<Answer> OrderFor(string deliverAfter) => await instance.SendAsync(
            "POST", "/api/orders", new { items = new[] { new { sku = await instance.NewProductAsync(1), quantity = 1 } }, deliverAfter }, person.Token);
        static DateTimeOffset Instant(Answer answer) => answer.Json["deliverAfter"]!.GetValue<DateTimeOffset>();
    }

    private static async Task<Sighting> HalfPair(Instance instance)
    {
        var person = await instance.NewPersonAsync();
        var answer = await instance.SendAsync("POST", "/api/addresses", """{"street":"\ud800 Street","city":"Ghent"}""", person.Token);
        var stored = (await instance.SendAsync("GET", "/api/addresses", token: person.Token)).Json["items"]!.AsArray();
        return new($"{answer}\n{stored.ToJsonString()}", answer.IsSuccess && stored is [JsonNode row] && row["street"]!.GetValue<string>() == "\ufffd Street", answer.IsRefusal && stored.Count == 0);
    }

    private static async Task<Sighting> HalfPairInTicket(Instance instance)
    {
        var answer = await instance.SendAsync("POST", "/api/tickets", """{"reference":"r","subject":"\ud800","priority":1}""", (await instance.OwnerAsync()).Token);
        return new(answer.ToString(), answer.IsSuccess, answer.IsRefusal && answer.Text.Contains("subject", StringComparison.Ordinal));
    }

    private static async Task<Sighting> LeftOut(Instance instance)
    {
        var answer = await instance.SendAsync("POST", "/api/products", new { sku = instance.NewName("P"), name = "Tea", priceCents = 450 }, instance.AdminToken);
        return new(answer.ToString(), answer.IsSuccess && answer.Json["stock"]!.GetValue<int>() == 0, answer.Status == 400 && answer.Text.Contains("stock", StringComparison.Ordinal));
    }
}
