using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class FailureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_request_that_fails_is_a_500_whose_trace_id_is_in_exactly_one_record()
    {
        await using var host = await StartAsync();
        var problem = await host.Anonymous.ReadAsync("/fail").ShouldBeProblemAsync(500, "internal-error");
        Assert.DoesNotContain("secret of the house", problem.GetRawText(), StringComparison.Ordinal);
        var record = Assert.Single(Errors(host));
        Assert.Equal(problem.GetProperty("traceId").GetString(), record.GetProperty("traceId").GetString());
        Assert.Equal("/fail", record.GetProperty("route").GetString());
        Assert.Contains("secret of the house", record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended_with_a_504()
    {
        await using var host = await StartAsync(TimeSpan.FromMilliseconds(20));
        var problem = await host.Anonymous.ReadAsync("/hang").ShouldBeProblemAsync(504, "timeout");
        var record = Assert.Single(host.FlushedRecords(), record => record.GetProperty("level").GetString() is "Warning" or "Error");
        Assert.Equal(problem.GetProperty("traceId").GetString(), record.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task Every_route_has_thirty_seconds()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var policy = host.Services.GetRequiredService<IOptions<RequestTimeoutOptions>>().Value.DefaultPolicy;
        Assert.Equal(TimeSpan.FromSeconds(30), policy?.Timeout);
        Assert.All(
            host.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            endpoint => Assert.Null(endpoint.Metadata.GetMetadata<DisableRequestTimeoutAttribute>()));
    }

    [Fact]
    public async Task A_statement_that_the_client_got_wrong_is_no_error_record()
    {
        await using var host = await StartAsync();
        await host.Anonymous.PostValueAsync("/api/signup", new { email = People.NewEmail(), password = People.Password, name = "a\0b", age = 42 }).ShouldBeProblemAsync(400);
        Assert.Empty(Errors(host));
    }

    private static List<JsonElement> Errors(StorefrontHost host) =>
        [.. host.Records.All.Where(record => record.GetProperty("level").GetString() is "Error" or "Critical")];

    private async Task<StorefrontHost> StartAsync(TimeSpan? timeout = null)
    {
        var database = await postgres.CloneAsync();
        return await StorefrontHost.StartAsync(
            database.ConnectionString, database,
            configure: builder =>
            {
                if (timeout is not null) builder.Services.PostConfigure<RequestTimeoutOptions>(timeouts => timeouts.DefaultPolicy = new() { Timeout = timeout, TimeoutStatusCode = timeouts.DefaultPolicy!.TimeoutStatusCode });
            },
            map: app =>
            {
                app.MapGet("/fail", [AllowAnonymous] () => { throw new InvalidOperationException("The secret of the house."); });
                app.MapGet("/hang", [AllowAnonymous] (HttpContext http) => new TaskCompletionSource().Task.WaitAsync(http.RequestAborted));
            });
    }
}
