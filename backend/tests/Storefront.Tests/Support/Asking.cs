using System.Net.Http.Json;
using System.Text.Json;

namespace Storefront.Tests.Support;

/// <summary>Requests whose time limit is their client's.</summary>
internal static class Asking
{
    public static Task<HttpResponseMessage> LookAsync(this HttpClient client, string path) => client.GetAsync(path);

    public static Task<HttpResponseMessage> TellAsync(this HttpClient client, string path, object? body = null) => client.PostAsJsonAsync(path, body);

    public static Task<HttpResponseMessage> CancelAsync(this HttpClient owner, Guid order) => owner.PostAsync($"/api/orders/{order}/cancel", content: null);

    public static Task<HttpResponseMessage> BuyAsync(this HttpClient buyer, string sku, int quantity = 1) => buyer.BuyAsync([(sku, quantity)]);

    public static Task<HttpResponseMessage> BuyAsync(this HttpClient buyer, IEnumerable<(string Sku, int Quantity)> items) =>
        buyer.BuyUntilAsync(items, CancellationToken.None);

    public static Task<HttpResponseMessage> BuyUntilAsync(this HttpClient buyer, IEnumerable<(string Sku, int Quantity)> items, CancellationToken leaving) =>
        buyer.PostAsJsonAsync("/api/orders", new { items = items.Select(item => new { item.Sku, item.Quantity }) }, leaving);

    /// <summary>Every item of a list, page after page.</summary>
    public static async IAsyncEnumerable<JsonElement> EachAsync(this HttpClient client, string path)
    {
        for (var after = ""; after is not null;)
        {
            var page = await client.LookAsync($"{path}?limit=500{after}").ShouldBeAsync(200);
            foreach (var item in page.GetProperty("items").EnumerateArray()) yield return item;
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }
    }

    /// <summary>
    /// Asks until it is answered. On a slow machine some of a crowd wait for a connection longer than is good, and are told to come back (503, Retry-After): nothing
    /// was done.
    /// </summary>
    public static async Task<HttpResponseMessage> UntilToldAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await ask();
            if ((int)answer.StatusCode != 503 || attempt == 20) return answer;
        }
    }

    public static async Task<bool> IsReadyAsync(this HttpClient client) => (int)(await client.GetAsync("/health/ready")).StatusCode == 200;

    /// <summary>Signs somebody new up and in, who from then on goes by this client.</summary>
    public static async Task<HttpClient> SignUpAsync(this HttpClient client)
    {
        var email = People.NewEmail();
        await client.TellAsync("/api/signup", new { email, password = People.Password, name = "A Person", age = 42 }).ShouldBeAsync(201);
        var session = await client.TellAsync("/api/login", new { email, password = People.Password }).ShouldBeAsync(200);
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("accessToken").GetString());
        return client;
    }
}
