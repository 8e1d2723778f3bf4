using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class HealthTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_healthy_instance_says_so_to_anybody(string path)
    {
        var answer = await fixture.Host.Anonymous.ReadAsync(path);
        await answer.ShouldBeAsync(200);
        Assert.Equal("Healthy", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Without_its_database_an_instance_is_live_and_not_ready()
    {
        await using var host = await StorefrontHost.StartAsync("Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=1");
        await host.Anonymous.ReadAsync("/health/live").ShouldBeAsync(200);
        await host.Anonymous.ReadAsync("/health/ready").ShouldBeAsync(503);
        await host.Anonymous.ReadAsync("/api/products").ShouldBeProblemAsync(503, "database-unavailable");
        await host.Anonymous.ReadAsync("/.well-known/jwks.json").ShouldBeProblemAsync(503, "database-unavailable");
    }
}
