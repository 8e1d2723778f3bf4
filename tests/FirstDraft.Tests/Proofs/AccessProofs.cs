using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Proofs;

/// <summary>What is another's.</summary>
internal static class AccessProofs
{
    public static readonly Dictionary<string, Proof> All = new(StringComparer.Ordinal) { ["A1"] = new(OrderById, OtherThingsById) };

    private static async Task<Sighting> OrderById(Instance instance)
    {
        var (owner, other, sku) = (await instance.OwnerAsync(), await instance.StrangerAsync(), await instance.NewProductAsync(5));
        var path = $"/api/orders/{await instance.NewOrderAsync(owner, sku, 1)}";
        (await instance.SendAsync("GET", path, token: owner.Token)).Required();
        Assert.Equal(401, (await instance.SendAsync("GET", path)).Status);
        var answer = await instance.SendAsync("GET", path, token: other.Token);
        return new(answer.ToString(), answer.IsSuccess, answer.Status == 404);
    }

    private static async Task<Sighting> OtherThingsById(Instance instance)
    {
        var (owner, other, sku) = (await instance.OwnerAsync(), await instance.StrangerAsync(), await instance.NewProductAsync(5));
        var order = await instance.NewOrderAsync(owner, sku, 1);
        var ticket = (await instance.SendAsync("POST", "/api/tickets", instance.NewTicket(), owner.Token)).Required().Json["id"];
        var address = (await instance.SendAsync("POST", "/api/addresses", new { street = "Main Street 1", city = "Ghent" }, owner.Token)).Required().Json["id"];
        Answer[] answers =
        [
            await instance.SendAsync("POST", $"/api/orders/{order}/cancel", token: other.Token),
            await instance.SendAsync("GET", $"/api/tickets/{ticket}", token: other.Token),
            await instance.SendAsync("PATCH", $"/api/addresses/{address}", new { street = "Elsewhere" }, other.Token),
        ];
        return new(string.Join('\n', answers.AsEnumerable()), answers.Any(answer => answer.IsSuccess), answers.All(answer => answer.Status == 404));
    }
}
