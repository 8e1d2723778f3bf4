using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors.Tracking;
using Storefront.Tests.Support;

namespace Storefront.BrowserTests.Support;

/// <summary>A site that has something to show on the console.</summary>
public sealed class OperatorsSite(PostgresFixture postgres, BrowserFixture browser) : Site(postgres, browser)
{
    /// <summary>How many users the naive dashboard shows.</summary>
    public const int Users = 37;

    /// <summary>A little traffic: good requests, a naive one and one that fails, whose error is in its group when this returns.</summary>
    public async Task WorkAsync()
    {
        foreach (var path in (string[])["/api/products", "/api/me", "/naive", "/health/ready", "/api/products?limit=2", "/boom"])
            (await Host.Anonymous.GetAsync(path)).Dispose();
        var tracker = Host.Services.GetRequiredService<ErrorTracker>();
        await Eventually.TrueAsync("the error is in a group", async () => (await tracker.ListAsync(new())).Groups.Count > 0);
    }

    /// <summary>Waits until the error of a trace is in its group.</summary>
    public async Task TrackedAsync(string trace)
    {
        var tracker = Host.Services.GetRequiredService<ErrorTracker>();
        await Eventually.TrueAsync("the error is in a group", async () => await tracker.FindByTraceAsync(trace) is not null);
    }

    protected override void Configure(WebApplicationBuilder builder) =>
        builder.Services.AddRoadworthyConsole(console => (console.Instance, console.Release) = ("storefront-1", "0.1.0"));

    protected override void Map(WebApplication app) => NaiveDashboard.Map(app);
}

/// <summary>All tests that look at the console: one at a time, since they share its site.</summary>
[CollectionDefinition(Name)]
public sealed class OperatorsTests : ICollectionFixture<OperatorsSite>
{
    public const string Name = "operators";
}
