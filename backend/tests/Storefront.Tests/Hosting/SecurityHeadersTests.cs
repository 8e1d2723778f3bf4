using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class SecurityHeadersTests(PostgresFixture postgres)
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    [Fact]
    public async Task Every_kind_of_answer_carries_the_security_headers()
    {
        await using var host = await StartAsync();
        var person = await host.SignUpAsync();
        (int Status, Task<HttpResponseMessage> Pending)[] answers =
        [
            (200, host.Anonymous.ReadAsync("/api/products")),
            (200, host.Anonymous.ReadAsync("/health/live")),
            (200, host.Anonymous.ReadAsync("/openapi/v1.json")),
            (400, host.Anonymous.PostTextAsync("/api/login", "{")),
            (401, host.Anonymous.ReadAsync("/api/me")),
            (403, person.Client.ReadAsync("/api/dashboard")),
            (404, host.Anonymous.ReadAsync("/nowhere")),
            (405, host.Anonymous.AskAsync("DELETE", "/api/me")),
            (415, host.Anonymous.AskAsync("POST", "/api/login", new StringContent("{}"))),
            (500, host.Anonymous.ReadAsync("/fail")),
        ];
        foreach (var (status, pending) in answers)
        {
            var answer = await pending;
            await answer.ShouldBeAsync(status);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            Assert.Equal(ApiPolicy, Header(answer, "Content-Security-Policy"));
            Assert.True(answer.Headers.CacheControl?.NoStore, $"{status} may be cached: {answer.Headers.CacheControl}");
            Assert.Null(Header(answer, "Strict-Transport-Security"));
            Assert.Null(Header(answer, "Server"));
            Assert.Null(Header(answer, "X-Powered-By"));
        }
    }

    [Fact]
    public async Task Strict_transport_is_asked_for_where_the_trusted_proxy_was_reached_by_https()
    {
        await using var trusting = await StartAsync(("Storefront:TrustedProxies:0", "127.0.0.1"));
        Assert.Equal("max-age=31536000; includeSubDomains", Header(await AskAsync(trusting, "https"), "Strict-Transport-Security"));
        Assert.Null(Header(await AskAsync(trusting, "http"), "Strict-Transport-Security"));
        await using var wary = await StartAsync();
        Assert.Null(Header(await AskAsync(wary, "https"), "Strict-Transport-Security"));
    }

    private static Task<HttpResponseMessage> AskAsync(StorefrontHost host, string scheme)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/products");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        return host.Anonymous.AskAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private async Task<StorefrontHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var database = await postgres.CloneAsync();
        return await StorefrontHost.StartAsync(
            database.ConnectionString, database, settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value, StringComparer.Ordinal),
            map: app => app.MapGet("/fail", [AllowAnonymous] () => { throw new InvalidOperationException("Made to fail."); }));
    }
}
