using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Roadworthy.Input.Tests.Support;

/// <summary>A guarded application: in memory, or on Kestrel where the transport matters.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, LogLines logs)
    {
        _app = app;
        Logs = logs;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        Address = new Uri(address ?? "http://localhost");
        Client = address is null ? app.GetTestClient() : new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public LogLines Logs { get; }

    public TestServer Server => _app.GetTestServer();

    public IServiceProvider Services => _app.Services;

    public static Task<TestApp> StartAsync(
        Action<WebApplication> map, Action<IServiceCollection>? services = null, Action<InputOptions>? options = null, string environment = "Production") =>
        StartAsync(map, services, options, environment, builder => builder.WebHost.UseTestServer());

    public static Task<TestApp> OnKestrelAsync(
        Action<WebApplication> map,
        Action<IServiceCollection>? services = null,
        Action<InputOptions>? options = null,
        string environment = "Production",
        Action<KestrelServerOptions>? kestrel = null,
        HttpProtocols protocols = HttpProtocols.Http1) =>
        StartAsync(map, services, options, environment, builder => builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
            kestrel?.Invoke(server);
        }));

    public Task<Answer> GetAsync(string path, Action<HttpRequestMessage>? change = null) => SendAsync(HttpMethod.Get, path, null, change);

    public Task<Answer> PostAsync(string path, string json, Action<HttpRequestMessage>? change = null) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), change);

    public Task<Answer> PostAsync(string path, byte[] bytes, string contentType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(HttpMethod.Post, path, content);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        change?.Invoke(request);
        using var response = await Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<TestApp> StartAsync(
        Action<WebApplication> map, Action<IServiceCollection>? services, Action<InputOptions>? options, string environment, Action<WebApplicationBuilder> server)
    {
        var logs = new LogLines();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        server(builder);
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddRoadworthyInput(options);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new TestApp(app, logs);
    }
}
