using System.Globalization;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class ProxiesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Requests_to_accounts_are_limited_and_the_answer_says_how_long_to_wait()
    {
        await using var host = await StartAsync(("Storefront:AccountRequestsPerMinute", "3"));
        for (var n = 0; n < 3; n++) await LogInAsync(host).ShouldBeProblemAsync(401);
        var refused = await LogInAsync(host);
        await Task.FromResult(refused).ShouldBeProblemAsync(429, "too-many-requests");
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
        await host.Anonymous.PostValueAsync("/api/signup", new { }).ShouldBeProblemAsync(429);
        await host.Anonymous.ReadAsync("/api/products").ShouldBeAsync(200);
    }

    [Fact]
    public async Task An_untrusted_peer_cannot_choose_its_address()
    {
        await using var host = await StartAsync(("Storefront:AccountRequestsPerMinute", "3"));
        for (var n = 0; n < 3; n++) await LogInAsync(host, from: $"192.0.2.{n}").ShouldBeProblemAsync(401);
        await LogInAsync(host, from: "192.0.2.99").ShouldBeProblemAsync(429);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task A_trusted_proxy_says_for_whom_it_asks(string proxy)
    {
        await using var host = await StartAsync(("Storefront:AccountRequestsPerMinute", "3"), ("Storefront:TrustedProxies:0", proxy));
        for (var n = 0; n < 3; n++) await LogInAsync(host, from: "192.0.2.1").ShouldBeProblemAsync(401);
        await LogInAsync(host, from: "192.0.2.1").ShouldBeProblemAsync(429);
        await LogInAsync(host, from: "192.0.2.2").ShouldBeProblemAsync(401);
        // What the client wrote stands before what the proxy added.
        await LogInAsync(host, from: "192.0.2.77, 192.0.2.1").ShouldBeProblemAsync(429);
    }

    [Fact]
    public async Task Through_a_chain_of_trusted_proxies_the_client_is_seen()
    {
        await using var host = await StartAsync(
            ("Storefront:AccountRequestsPerMinute", "3"), ("Storefront:TrustedProxies:0", "127.0.0.0/8"), ("Storefront:TrustedProxies:1", "198.51.100.0/24"));
        for (var n = 0; n < 3; n++) await LogInAsync(host, from: "192.0.2.1, 198.51.100.7").ShouldBeProblemAsync(401);
        await LogInAsync(host, from: "192.0.2.1, 198.51.100.7").ShouldBeProblemAsync(429);
        await LogInAsync(host, from: "192.0.2.2, 198.51.100.7").ShouldBeProblemAsync(401);
    }

    [Fact]
    public async Task A_proxy_elsewhere_being_trusted_does_not_make_this_peer_trusted()
    {
        await using var host = await StartAsync(("Storefront:AccountRequestsPerMinute", "3"), ("Storefront:TrustedProxies:0", "192.0.2.0/24"));
        for (var n = 0; n < 3; n++) await LogInAsync(host, from: $"198.51.100.{n}").ShouldBeProblemAsync(401);
        await LogInAsync(host, from: "198.51.100.99").ShouldBeProblemAsync(429);
    }

    private Task<StorefrontHost> StartAsync(params (string Name, string Value)[] settings) =>
        StorefrontHost.StartAsync(postgres, settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value, StringComparer.Ordinal));

    private static Task<HttpResponseMessage> LogInAsync(StorefrontHost host, string? from = null)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { email = People.NewEmail(), password = "wrong" });
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = Requests.Json(body) };
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return host.Anonymous.AskAsync(request);
    }
}
