using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class CallersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_address_may_not_ask_any_more_is_asked_from_the_next()
    {
        var asked = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var api = await TestApi.StartAsync(site => site.MapGet("/limited", (HttpContext http) =>
            asked.AddOrUpdate(http.Connection.RemoteIpAddress!.ToString(), 1, (_, count) => count + 1) > 3 ? Results.StatusCode(429) : Results.Ok(http.Request.Headers.Count)));
        for (var n = 0; n < 8; n++) Assert.Equal(200, (await GetAsync(api, "/limited")).Status);
        Assert.Equal(["127.0.0.1", "127.0.0.2", "127.0.0.3"], asked.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(3, api.Client.Addresses);
    }

    [Fact]
    public async Task A_limit_that_is_no_address_s_is_told_as_it_is_and_soon_not_asked_twice()
    {
        var count = 0;
        await using var api = await TestApi.StartAsync(site => site.MapGet("/closed", () =>
        {
            Interlocked.Increment(ref count);
            return Results.StatusCode(429);
        }));
        for (var n = 0; n < 5; n++) Assert.Equal(429, (await GetAsync(api, "/closed")).Status);
        Assert.Equal(7, count);
        Assert.Equal(1, api.Client.Addresses);
    }

    private static Task<Exchange> GetAsync(TestApi api, string path) => api.Client.SendAsync(new WireRequest("GET", path, []), Identity.AnonymousName, ct: Token);
}
