using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Hosting.Management;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting.Management;

public sealed class ManagementTests(PostgresFixture postgres)
{
    private const string Setting = "Storefront:Management:Urls";

    [Fact]
    public async Task Metrics_and_health_are_on_the_management_listener_and_nothing_else_is()
    {
        await using var host = await StartAsync("http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = Management(host) };
        var metrics = await client.ReadAsync("/metrics");
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (metrics.StatusCode, metrics.Content.Headers.ContentType?.MediaType));
        Assert.True(metrics.Headers.CacheControl?.NoStore);
        foreach (var path in (string[])["/health/live", "/health/ready"])
            Assert.Equal("Healthy", await client.GetStringAsync(path, TestContext.Current.CancellationToken));
        foreach (var path in (string[])["/", "/api/me", "/api/products", "/metrics/x", "/health", "/openapi/v1.json"])
            Assert.Equal(HttpStatusCode.NotFound, (await client.ReadAsync(path)).StatusCode);
        var post = await client.AskAsync("POST", "/metrics");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (post.StatusCode, string.Join(", ", post.Content.Headers.Allow)));
    }

    [Fact]
    public async Task Metrics_are_out_of_reach_through_the_public_listener_whatever_its_headers_say()
    {
        await using var host = await StartAsync("http://127.0.0.1:0");
        foreach (var name in (string[])["Host", "X-Forwarded-Host", "X-Forwarded-Port", "Forwarded", "X-Original-URL"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            request.Headers.TryAddWithoutValidation(name, Management(host).Authority);
            await host.Anonymous.AskAsync(request).ShouldBeProblemAsync(404);
        }
    }

    [Fact]
    public async Task Turned_off_there_is_no_such_listener()
    {
        await using var host = await StartAsync("off");
        Assert.Null(host.Services.GetService<ManagementListener>());
        await host.Anonymous.ReadAsync("/metrics").ShouldBeProblemAsync(404);
    }

    [Fact]
    public async Task A_stopping_instance_says_so_and_is_measured_until_its_last_request_is_answered()
    {
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var database = await postgres.CloneAsync();
        await using var host = await StorefrontHost.StartAsync(
            database.ConnectionString, settings: Settings("http://127.0.0.1:0"), map: app => app.MapGet("/test/slow", async () =>
            {
                entered.SetResult();
                await release.Task;
            }).AllowAnonymous());
        using var client = new HttpClient { BaseAddress = Management(host) };
        var slow = host.Anonymous.ReadAsync("/test/slow");
        await entered.Task;
        var stopping = host.StopAsync();
        await Eventually.TrueAsync("it says that it stops", async () => (await client.ReadAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await client.ReadAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.ReadAsync("/metrics")).StatusCode);
        release.SetResult();
        await slow.ShouldBeAsync(200);
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.ReadAsync("/health/live"));
    }

    [Fact]
    public async Task Two_instances_on_a_developers_machine_do_not_fight_for_the_port()
    {
        await using var one = await StartAsync("", "Development");
        await using var two = await StartAsync("", "Development");
        Assert.NotEqual(Management(one), Management(two));
        foreach (var host in (StorefrontHost[])[one, two])
            Assert.Contains("target_info", (await Metrics.ReadAsync(Management(host))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused_with_the_remedy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var process = BackendProcess.Deployed("Host=127.0.0.1;Port=1", $"--{Setting}=http://{taken.LocalEndpoint}");
        Assert.Equal(2, await process.ExitAsync());
        foreach (var told in (string[])[taken.LocalEndpoint.ToString()!, "Storefront__Management__Urls", "'off'"])
            Assert.Contains(told, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:9464")]
    [InlineData("https://127.0.0.1:9464")]
    [InlineData("http://127.0.0.1:9464/metrics")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://[::1]")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://unix:/tmp/metrics.sock")]
    [InlineData("nonsense")]
    public void What_is_no_address_is_refused_by_name(string address)
    {
        var faults = new ManagementOptionsFaults().Validate(null, new() { Urls = $"http://127.0.0.1:1;{address}" });
        Assert.Contains($"'{address}'", Assert.Single(faults.Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:9464;http://[::1]:9464")]
    [InlineData("http://metrics.internal:80/")]
    [InlineData("http://*:0")]
    public void What_is_one_is_taken(string? addresses) =>
        Assert.Same(ValidateOptionsResult.Success, new ManagementOptionsFaults().Validate(null, new() { Urls = addresses }));

    private static Uri Management(StorefrontHost host) => new(host.Services.GetRequiredService<ManagementListener>().Addresses[0]);

    private static Dictionary<string, string?> Settings(string urls) => new(StringComparer.Ordinal) { [Setting] = urls };

    private Task<StorefrontHost> StartAsync(string urls, string environment = "Production") =>
        StorefrontHost.StartAsync(postgres, Settings(urls), builder => builder.Environment.EnvironmentName = environment);
}
