using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Storefront.Tests.Support;

/// <summary>Requests as a client writes them, the wrong ones too.</summary>
/// <remarks>Without a cancellation token: every client of a host has a time limit of its own.</remarks>
internal static class Requests
{
    /// <summary>A body that nobody has checked.</summary>
    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> ReadAsync(this HttpClient client, string path) => client.GetAsync(path);

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, HttpRequestMessage request) => client.SendAsync(request);

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string method, string path, HttpContent? content = null) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = content });

    public static Task<HttpResponseMessage> PostValueAsync(this HttpClient client, string path, object value) => client.PostAsJsonAsync(path, value);

    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string path, string json) => client.PostAsync(path, Json(json));

    /// <param name="ifMatch">The version that is to be changed: whatever is there, where nothing else is said; null to send no such header.</param>
    public static Task<HttpResponseMessage> PatchTextAsync(this HttpClient client, string path, string json, string? ifMatch = "*")
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = Json(json) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> OrderAsync(this HttpClient client, params (string Sku, int Quantity)[] items) =>
        client.PostAsJsonAsync("/api/orders", new { items = items.Select(item => new { sku = item.Sku, quantity = item.Quantity }) });

    /// <summary>Every page of a list from the first to the last, as long as <c>next</c> leads on.</summary>
    public static async Task<List<List<JsonElement>>> PagesAsync(this HttpClient client, string path, int limit, string items = "items")
    {
        var pages = new List<List<JsonElement>>();
        string? next = null;
        do
        {
            var page = await client.GetAsync($"{path}?limit={limit}{(next is null ? "" : $"&after={next}")}").ShouldBeAsync(200);
            pages.Add([.. page.GetProperty(items).EnumerateArray()]);
            next = page.GetProperty("next").GetString();
            Assert.True(pages.Count < 1_000, $"{path} never comes to an end.");
        }
        while (next is not null);
        return pages;
    }
}
