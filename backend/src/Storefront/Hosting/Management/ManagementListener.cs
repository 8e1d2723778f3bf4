using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Storefront.Hosting.Management;

/// <summary>
/// Serves metrics and health on a server of its own. Its requests go through nothing of the public pipeline, so neither can be reached by the other's
/// address, and what it is asked is neither counted, nor traced, nor logged as a request; its connections are, under its port. It answers before the public one listens, and until that one has stopped.
/// </summary>
internal sealed class ManagementListener(
    IServiceProvider services, IHttpContextFactory contexts, IOptions<ManagementOptions> options, IWebHostEnvironment environment,
    ILoggerFactory loggers, ILogger<ManagementListener> log) : IHostedService, IDisposable
{
    private KestrelServer? _server;

    /// <summary>Where it listens; empty before it does.</summary>
    public IReadOnlyList<string> Addresses => [.. _server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <exception cref="InvalidOperationException">It can't listen there.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var addresses = options.Value.Addresses;
        try
        {
            await ListenAsync(addresses, cancellationToken);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException && string.IsNullOrWhiteSpace(options.Value.Urls) && environment.IsDevelopment())
        {
            await ListenAsync(["http://127.0.0.1:0"], cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new InvalidOperationException(
                $"Metrics and health can't be served on {string.Join(" and ", addresses)}: {error.Message} Set {ManagementOptions.Section.Replace(":", "__", StringComparison.Ordinal)}__Urls to another "
                + "address, one for each instance on this machine, such as http://127.0.0.1:9465, or to 'off'.",
                error);
        }

        log.ManagementServed(string.Join(" and ", Addresses));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _server?.Dispose();

    private async Task ListenAsync(IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        _server?.Dispose();
        var kestrel = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = services };
        (kestrel.Limits.MaxRequestBodySize, kestrel.Limits.MaxConcurrentConnections, kestrel.Limits.RequestHeadersTimeout) = (1024, 100, TimeSpan.FromSeconds(10));
        _server = new(Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        foreach (var address in addresses) _server.Features.Get<IServerAddressesFeature>()!.Addresses.Add(address);
        await _server.StartAsync(new Requests(contexts, Pipeline()), cancellationToken);
    }

    private RequestDelegate Pipeline()
    {
        var app = new ApplicationBuilder(services);
        app.Use((http, next) =>
        {
            (http.Response.Headers.CacheControl, http.Response.Headers.XContentTypeOptions) = ("no-store", "nosniff");
            return next(http);
        });
        app.UseWhen(http => !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method), other => other.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }));
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            services.GetRequiredService<MeterProvider>(), http => http.Request.Path == "/metrics", path: null, configureBranchedPipeline: null, optionsName: null);
        app.UseHealthChecks(Health.LivePath, Health.LiveOptions);
        app.UseHealthChecks(Health.ReadyPath, Health.ReadyOptions);
        app.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return app.Build();
    }

    private sealed class Requests(IHttpContextFactory contexts, RequestDelegate handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(Microsoft.AspNetCore.Http.Features.IFeatureCollection contextFeatures) => contexts.Create(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handle(context);

        public void DisposeContext(HttpContext context, Exception? exception) => contexts.Dispose(context);
    }
}
