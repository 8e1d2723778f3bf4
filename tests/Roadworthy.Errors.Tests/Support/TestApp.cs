using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>A real application on Kestrel; its records are kept.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, RecordStream output)
    {
        _app = app;
        Output = output;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = new Uri(address);
        Client = new HttpClient { BaseAddress = Address };
    }

    public RecordStream Output { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<TestApp> StartAsync(
        Action<WebApplication> configure, Action<IServiceCollection>? services = null, string environment = "Production")
    {
        var output = new RecordStream();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddRoadworthyErrors(options =>
        {
            options.Output = output;
            options.Format = RecordFormat.Json;
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        configure(app);
        await app.StartAsync();
        return new TestApp(app, output);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        change?.Invoke(request);
        using var response = await Client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>All records, after the application has ended.</summary>
    public async Task<IReadOnlyList<JsonElement>> StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        return Output.Records;
    }

    /// <summary>Records from Warning upwards, those that hold an exception, and ours.</summary>
    public async Task<IReadOnlyList<JsonElement>> FailuresAsync() =>
        [.. (await StopAsync()).Where(r => r.At("level") is "Warning" or "Error" or "Critical"
            || r.Has("exception")
            || r.At("category").StartsWith("Roadworthy.", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

public sealed record Answer(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Problem
    {
        get
        {
            Assert.Equal("application/problem+json", ContentType);
            return JsonElement.Parse(Body);
        }
    }

    public void IsProblem(int status, string kind)
    {
        Assert.True(Status == status, $"{Status} in place of {status}: {Body}");
        Assert.Equal("urn:roadworthy:problem:" + kind, Problem.At("type"));
        Assert.Equal(status, Problem.ElementAt("status").GetInt32());
        Assert.NotEmpty(Problem.At("title"));
        Assert.Matches("^[0-9a-f]{32}$", Problem.At("traceId"));
        Assert.Equal(["status", "title", "traceId", "type"], Problem.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
