using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Errors.Sentry.Tests;

/// <summary>Takes Sentry's envelopes on a port of its own, and reads the events in them.</summary>
public sealed class EnvelopeReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Auth, string Body)> _requests = new();

    private EnvelopeReceiver(WebApplication app) => _app = app;

    public string Dsn => $"{_app.Urls.Single().Replace("://", "://0123456789abcdef0123456789abcdef@", StringComparison.Ordinal)}/42";

    public IReadOnlyList<(string Path, string Auth, string Body)> Requests => [.. _requests];

    /// <summary>The events of all envelopes: a header's line, then for each item a line of its header and its payload.</summary>
    public IReadOnlyList<JsonElement> Events => [.. Requests.SelectMany(request => EventsOf(request.Body))];

    public static async Task<EnvelopeReceiver> StartAsync(int status = 200)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new EnvelopeReceiver(app);
        app.Run(async http =>
        {
            receiver._requests.Enqueue((http.Request.Path, http.Request.Headers["X-Sentry-Auth"].ToString(), await BodyAsync(http.Request)));
            http.Response.StatusCode = status;
            await http.Response.WriteAsync("{}");
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<string> BodyAsync(HttpRequest request)
    {
        Stream body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static IEnumerable<JsonElement> EventsOf(string envelope)
    {
        var lines = envelope.Split('\n');
        for (var i = 1; i + 1 < lines.Length; i++)
        {
            if (lines[i].StartsWith('{') && JsonElement.Parse(lines[i]) is var header && header.TryGetProperty("type", out var type) && type.GetString() is "event" && header.TryGetProperty("length", out _))
            {
                yield return JsonElement.Parse(lines[i + 1]);
            }
        }
    }
}
