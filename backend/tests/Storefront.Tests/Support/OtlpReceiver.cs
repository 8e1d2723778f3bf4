using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Storefront.Tests.Support;

/// <summary>
/// Takes what an exporter sends by OTLP over HTTP. Protobuf keeps strings as UTF-8 and ids as bytes, so that what was sent can be
/// looked for without decoding it.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _bodies = new(StringComparer.Ordinal);

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The headers of the last request to <c>/echo</c>.</summary>
    public string? TraceParent { get; private set; }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{signal}", receiver.TakeAsync);
        app.MapGet("/echo", (HttpContext http) => { receiver.TraceParent = http.Request.Headers["traceparent"]; });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Everything of one signal (traces, metrics, logs), read as text byte by byte.</summary>
    public string Text(string signal) => string.Concat(_bodies.GetValueOrDefault(signal, []).Select(Encoding.Latin1.GetString));

    /// <summary>Whether the signal holds the text, as UTF-8.</summary>
    public bool Holds(string signal, string text) => Text(signal).Contains(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    public bool HoldsBytes(string signal, string hex) => Text(signal).Contains(Encoding.Latin1.GetString(Convert.FromHexString(hex)), StringComparison.Ordinal);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(string signal, HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _bodies.GetOrAdd(signal, _ => []).Enqueue(body.ToArray());
    }
}
