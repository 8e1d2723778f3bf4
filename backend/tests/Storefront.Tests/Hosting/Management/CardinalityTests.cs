using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting.Management;

/// <summary>Each set of labels is a series that Prometheus keeps: nobody may make them up. In a process of its own, where nobody else is counted.</summary>
public sealed class CardinalityTests(PostgresFixture postgres)
{
    private const string Marker = "mArKeR";
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "QUERY", "_OTHER"];

    [Fact]
    [Trait("Category", "Long")]
    public async Task Whatever_a_client_sends_makes_no_series_of_its_own()
    {
        await using var database = await postgres.CloneAsync();
        await using var process = BackendProcess.Deployed(database.ConnectionString);
        var (address, management) = (await process.AddressAsync(), await process.ManagementAsync());
        using var client = new HttpClient { BaseAddress = address };
        await client.SignUpAsync();

        for (var n = 0; n < 10; n++) await AttackAsync(client, address, n);
        var before = await SeenAsync(management, 10);
        for (var n = 10; n < 40; n++) await AttackAsync(client, address, n);
        var after = await SeenAsync(management, 40);

        Assert.Equal(Series(before), Series(after));
        Assert.DoesNotContain(Marker, after.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("example.com", after.Text, StringComparison.Ordinal);
        Assert.Empty(after.Samples.Select(sample => sample.Labels.GetValueOrDefault("http_request_method")).OfType<string>().Except(Methods, StringComparer.Ordinal));
        Assert.InRange(after.Samples.Count(sample => sample.Name.StartsWith("kestrel_", StringComparison.Ordinal)), 1, 300);
        Assert.Equal(0, after.Sum("http_server_request_duration_seconds_count", ("http_route", "/health/live")));
    }

    private static async Task AttackAsync(HttpClient client, Uri address, int n)
    {
        var mark = $"{Marker}{n}";
        await client.ReadAsync($"/health/live?{mark}");
        await client.ReadAsync($"/api/{mark}/{mark}");
        await client.ReadAsync($"/api/orders/{Guid.NewGuid()}");
        await client.ReadAsync($"/api/products?limit={mark}&{mark}={mark}");
        await client.AskAsync(mark.ToUpperInvariant(), "/api/products");
        await client.AskAsync("DELETE", $"/api/sessions/{mark}");
        await client.PostTextAsync("/api/signup", $$"""{"email":"{{mark}}","{{mark}}":1,"age":"{{mark}}"}""");
        await client.PostTextAsync("/api/token/refresh", $$"""{"refreshToken":"{{mark}}"}""");
        await client.PostTextAsync("/api/login", $$"""{"email":"{{mark}}@example.com","password":"wrong wrong"}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"{mark} {mark}");
        request.Headers.TryAddWithoutValidation("User-Agent", mark);
        request.Headers.Host = $"{mark}.example.com";
        await client.AskAsync(request);
        await RawHttp.SendAsync(address, $"GET /{mark} HTTP/1.{n % 10}\r\nHost: {mark}\r\nConnection: close\r\n\r\n");
        await RawHttp.SendAsync(address, $"{mark}\0 / HTTP/1.1\r\n\r\n");
    }

    // The answers are there before they are counted.
    private static async Task<Metrics> SeenAsync(Uri management, int attacks)
    {
        Metrics? seen = null;
        await Eventually.TrueAsync(
            "the attacks are counted", async () => (seen = await Metrics.ReadAsync(management)).Sum("http_server_request_duration_seconds_count", ("http_route", "/api/login")) >= attacks);
        return seen!;
    }

    // Of what clients ask for: how connections end, and how PostgreSQL and the runtime fare, comes and goes by itself.
    private static string[] Series(Metrics metrics) =>
    [
        .. metrics.Samples.Where(sample => sample.Name.StartsWith("http_", StringComparison.Ordinal) || sample.Name.StartsWith("aspnetcore_r", StringComparison.Ordinal) || sample.Name.StartsWith("roadworthy_", StringComparison.Ordinal))
            .Select(sample => $"{sample.Name} {string.Join(' ', sample.Labels.Select(label => $"{label.Key}={label.Value}"))}").Order(StringComparer.Ordinal),
    ];
}
