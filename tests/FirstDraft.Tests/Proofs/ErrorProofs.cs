using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Proofs;

/// <summary>Failures, and what is said and left of them. A table that is gone for a moment fails in every build.</summary>
internal static class ErrorProofs
{
    private static readonly object Address = new { street = "Main Street 1", city = "Ghent" };

    public static readonly Dictionary<string, Proof> All = new(StringComparer.Ordinal)
    {
        ["E1"] = new(Record),
        ["E2"] = new(SameSku, SameReference),
        ["E4"] = new(instance => DriverText(instance, "addresses", Address), instance => DriverText(instance, "tickets", instance.NewTicket())),
        ["E5"] = new(Poison, NoPoison),
        ["E6"] = new(HalfAnOrder),
    };

    private static async Task<Sighting> Record(Instance instance)
    {
        var before = instance.Output.Length;
        var answer = await WithoutAsync(instance, "addresses", () => instance.SendAsync("GET", "/api/addresses", token: instance.AdminToken));
        await Eventually.TrueAsync("the failure is recorded", () => Since().Contains("addresses", StringComparison.Ordinal));
        // What is recorded of the next failure comes after all of this one's record.
        await WithoutAsync(instance, "tickets", () => instance.SendAsync("GET", "/api/tickets", token: instance.AdminToken));
        await Eventually.TrueAsync("the next failure is recorded", () => Since().Contains("tickets", StringComparison.Ordinal));
        var record = Since();
        var hasStack = record.Contains("   at ", StringComparison.Ordinal) || record.Contains(" at ", StringComparison.Ordinal) && record.Contains(".mjs:", StringComparison.Ordinal);
        var hasId = answer.RequestId is { } id && record.Split('\n').Count(line => line.Contains(id, StringComparison.Ordinal)) == 1 && answer.Text.Contains(id, StringComparison.Ordinal);
        return new($"{answer}\n{record}", answer.Status == 500 && !hasStack && answer.RequestId is null,
            answer.Status == 500 && hasStack && hasId && record.Contains("42P01", StringComparison.Ordinal));

        string Since() => instance.Output[before..];
    }

    private static async Task<Sighting> SameSku(Instance instance)
    {
        var answer = await instance.SendAsync("POST", "/api/products", new { sku = await instance.NewProductAsync(1), name = "Tea", priceCents = 450, stock = 1 }, instance.AdminToken);
        return new(answer.ToString(), answer.Status == 500, answer.Status == 409);
    }

    private static async Task<Sighting> SameReference(Instance instance)
    {
        var (person, body) = (await instance.OwnerAsync(), instance.NewTicket());
        (await instance.SendAsync("POST", "/api/tickets", body, person.Token)).Required();
        var answer = await instance.SendAsync("POST", "/api/tickets", body, person.Token);
        return new(answer.ToString(), answer.Status == 500, answer.Status == 409);
    }

    private static async Task<Sighting> DriverText(Instance instance, string table, object body)
    {
        var person = await instance.OwnerAsync();
        var answer = await WithoutAsync(instance, table, () => instance.SendAsync("POST", $"/api/{table}", body, person.Token));
        var told = answer.Text.Contains("does not exist", StringComparison.Ordinal);
        return new(answer.ToString(), answer.Status == 400 && told, answer.Status == 500 && !told);
    }

    private static async Task<Sighting> Poison(Instance instance)
    {
        const string List = "/api/products?limit=100";
        (await instance.SendAsync("GET", List)).Required();
        var sku = instance.NewName("P");
        var create = await instance.SendAsync("POST", "/api/products", new { sku, name = "Tea", priceCents = 450, stock = -1 }, instance.AdminToken);
        var list = await instance.SendAsync("GET", List);
        await Sql.ExecuteAsync(instance.Database, "DELETE FROM products WHERE sku = $1", sku);
        (await instance.SendAsync("GET", List)).Required();
        return new($"{create}\n{list}", create.Status == 500 && list.Status == 500, create.IsRefusal && list.IsSuccess);
    }

    private static async Task<Sighting> NoPoison(Instance instance)
    {
        var person = await instance.OwnerAsync();
        var create = await instance.SendAsync("POST", "/api/tickets", instance.NewTicket(-1), person.Token);
        var list = await instance.SendAsync("GET", "/api/tickets", token: person.Token);
        return new($"{create}\n{list}", !list.IsSuccess, create.IsRefusal && list.IsSuccess);
    }

    private static async Task<Sighting> HalfAnOrder(Instance instance)
    {
        var (person, had, gone) = (await instance.OwnerAsync(), await instance.NewProductAsync(5), await instance.NewProductAsync(0));
        var answer = await instance.SendAsync("POST", "/api/orders", new { items = new[] { new { sku = had, quantity = 2 }, new { sku = gone, quantity = 1 } } }, person.Token);
        var left = await instance.StockAsync(had);
        return new($"{answer}\n{left} left of 5", answer.Status == 409 && left == 3, answer.Status == 409 && left == 5);
    }

    private static async Task<Answer> WithoutAsync(Instance instance, string table, Func<Task<Answer>> request)
    {
        await Sql.ExecuteAsync(instance.Database, $"ALTER TABLE {table} RENAME TO {table}_gone");
        try
        {
            return await request();
        }
        finally
        {
            await Sql.ExecuteAsync(instance.Database, $"ALTER TABLE {table}_gone RENAME TO {table}");
        }
    }
}
