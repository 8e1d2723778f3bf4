using FirstDraft.Tests.Support;
using Roadworthy.Testing;

namespace FirstDraft.Tests.Proofs;

/// <summary>Two requests, the first held at its write until the second is through; judged on what is left.</summary>
internal static class RaceProofs
{
    public static readonly Dictionary<string, Proof> All = new(StringComparer.Ordinal)
    {
        ["R1"] = new(Refresh),
        ["R2"] = new(LastPiece),
        ["R3"] = new(SignUp, Ticket),
        ["R4"] = new(Cancel),
    };

    private static async Task<Sighting> Refresh(Instance instance)
    {
        var person = await instance.NewPersonAsync();
        var both = await RaceAsync(
            instance, instance.IsMended ? "UPDATE refresh_tokens SET rotated_at" : "DELETE FROM refresh_tokens",
            () => RefreshAsync(instance, person.RefreshToken), () => RefreshAsync(instance, person.RefreshToken));
        var successors = both.Where(answer => answer.IsSuccess).Select(answer => answer.Json["refreshToken"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).ToList();
        var alive = 0;
        foreach (var successor in successors) alive += (await RefreshAsync(instance, successor)).IsSuccess ? 1 : 0;
        return new($"{both[0].Status}, {both[1].Status}: {successors.Count} successors, {alive} alive", both.All(answer => answer.IsSuccess) && alive < successors.Count,
            both.All(answer => answer.IsSuccess) && alive == successors.Count);
    }

    private static async Task<Sighting> LastPiece(Instance instance)
    {
        var (sku, one, other) = (await instance.NewProductAsync(1), await instance.OwnerAsync(), await instance.StrangerAsync());
        var both = await RaceAsync(instance, "UPDATE inventory", () => OrderAsync(one), () => OrderAsync(other));
        var sold = both.Count(answer => answer.Status == 201);
        return new($"{both[0].Status}, {both[1].Status}: {sold} sold of 1, {await instance.StockAsync(sku)} left", sold == 2, sold == 1 && both.Count(answer => answer.Status == 409) == 1);

        Task<Answer> OrderAsync(Person person) => instance.SendAsync("POST", "/api/orders", Instance.Orders(sku, 1), person.Token);
    }

    private static async Task<Sighting> SignUp(Instance instance)
    {
        var email = $"{instance.NewName("twice")}@example.com";
        var both = await RaceAsync(instance, "INSERT INTO users", SignUpAsync, SignUpAsync);
        var accounts = await Sql.ScalarAsync<long>(instance.Database, "SELECT count(*) FROM users WHERE email = $1", email);
        return new($"{both[0].Status}, {both[1].Status}: {accounts} accounts", accounts == 2, accounts == 1 && both.Select(answer => answer.Status).Order().SequenceEqual([201, 409]));

        Task<Answer> SignUpAsync() => instance.SendAsync("POST", "/api/signup", new { email, password = "correct horse", name = "Ada", age = 36 });
    }

    private static async Task<Sighting> Ticket(Instance instance)
    {
        var (person, body) = (await instance.OwnerAsync(), instance.NewTicket());
        var both = await RaceAsync(instance, "INSERT INTO tickets", OpenAsync, OpenAsync);
        var made = both.Count(answer => answer.Status == 201);
        return new($"{both[0].Status}, {both[1].Status}", made == 2, made == 1 && both.Count(answer => answer.Status == 409) == 1);

        Task<Answer> OpenAsync() => instance.SendAsync("POST", "/api/tickets", body, person.Token);
    }

    private static async Task<Sighting> Cancel(Instance instance)
    {
        var (sku, person) = (await instance.NewProductAsync(10), await instance.OwnerAsync());
        var order = await instance.NewOrderAsync(person, sku, 2);
        var both = await RaceAsync(instance, "UPDATE orders", CancelAsync, CancelAsync);
        var stock = await instance.StockAsync(sku);
        return new($"{both[0].Status}, {both[1].Status}: {stock} in stock, of 10", stock == 12, stock == 10 && both.Select(answer => answer.Status).Order().SequenceEqual([200, 409]));

        Task<Answer> CancelAsync() => instance.SendAsync("POST", $"/api/orders/{order}/cancel", token: person.Token);
    }

    private static Task<Answer> RefreshAsync(Instance instance, string refreshToken) => instance.SendAsync("POST", "/api/token/refresh", new { refreshToken });

    private static async Task<Answer[]> RaceAsync(Instance instance, string statement, Func<Task<Answer>> first, Func<Task<Answer>> second)
    {
        // On the draft the second runs through, however long a busy machine takes for it; on the mended build it may wait for the first.
        var both = await Interleaving.RunAsync(instance.Proxy, statement, first, second, TimeSpan.FromSeconds(instance.IsMended ? 1 : 20));
        return [both.First, both.Second];
    }
}
