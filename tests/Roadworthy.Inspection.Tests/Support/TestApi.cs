using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Api.OpenApi;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>A backend in this process, on loopback.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    private readonly WebApplication _site;

    private TestApi(WebApplication site)
    {
        _site = site;
        Client = new ApiClient(new Uri(site.Urls.First()), TimeSpan.FromSeconds(20));
    }

    public ApiClient Client { get; }

    public Uri Address => Client.Target;

    public static async Task<TestApi> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        var site = builder.Build();
        map(site);
        await site.StartAsync();
        return new(site);
    }

    /// <summary>Drives it by an OpenAPI document.</summary>
    public Driver Drive(string document, int seed = 1) => new(Client, OpenApiReader.Read(document, "test"), seed, new Budget(500, TimeSpan.FromMinutes(2)));

    public static ApiOperation Operation(Driver driver, string key) => driver.Description.Operations.Single(operation => operation.Key == key);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _site.DisposeAsync();
    }
}
