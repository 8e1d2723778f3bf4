using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Recording;

/// <summary>
/// A reverse proxy on loopback that takes down what goes by, for <c>--record</c>: bytes go through as they come, in both directions; what is
/// kept of them is bounded.
/// </summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private const int MostExchanges = 5000;
    private const int MostBody = 256 * 1024;

    private static readonly string[] HopByHop = ["Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];

    private readonly ConcurrentQueue<RecordedExchange> _exchanges = new();
    private readonly Uri _target;
    private readonly HttpMessageInvoker _http;
    private readonly WebApplication _site;

    private RecordingProxy(Uri target, int port)
    {
        _target = Loopback.Require(target);
        _http = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None, ActivityHeadersPropagator = null });
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        _site = builder.Build();
        _site.Run(ForwardAsync);
    }

    /// <summary>Where clients are sent to.</summary>
    public Uri Address => new(_site.Urls.First());

    public IReadOnlyCollection<RecordedExchange> Exchanges => _exchanges;

    /// <param name="target">The backend, on loopback.</param>
    /// <param name="port">To listen on. Default: 0, any that is free.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="InspectionException">The target is not on loopback.</exception>
    public static async Task<RecordingProxy> StartAsync(Uri target, int port = 0, CancellationToken ct = default)
    {
        var proxy = new RecordingProxy(target, port);
        await proxy._site.StartAsync(ct);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using (var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2))) await _site.StopAsync(soon.Token);
        await _site.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var at = DateTimeOffset.UtcNow;
        using var asked = new Tee(MostBody);
        using var request = Message(context, asked);
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await context.Response.WriteAsync($"The backend at {_target} gave no answer: {e.Message}", context.RequestAborted);
            return;
        }

        using (answer)
        {
            using var answered = new Tee(MostBody);
            context.Response.StatusCode = (int)answer.StatusCode;
            Copy(answer, context);
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await PassAsync(answer, context, answered);
            Keep(context, asked, answer, answered, at);
        }
    }

    private HttpRequestMessage Message(HttpContext context, Tee asked)
    {
        var from = context.Request;
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? from.Path + from.QueryString;
        if (!raw.StartsWith('/')) raw = from.Path + from.QueryString;
        var uri = new Uri(_target.GetLeftPart(UriPartial.Authority) + raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(from.Method), uri);
        if (from.ContentLength > 0 || from.Headers.TransferEncoding.Count > 0) message.Content = new StreamContent(new TeeStream(from.Body, asked));
        else if (from.Method is "POST" or "PUT" or "PATCH") message.Content = new ByteArrayContent([]);
        foreach (var (name, values) in from.Headers)
        {
            if (HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase) || name.Equals("Host", StringComparison.OrdinalIgnoreCase)) continue;
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return message;
    }

    private void Copy(HttpResponseMessage answer, HttpContext context)
    {
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            // A redirect to the backend itself would lead past the recording.
            var own = _target.GetLeftPart(UriPartial.Authority);
            context.Response.Headers[name] = name.Equals("Location", StringComparison.OrdinalIgnoreCase)
                ? values.Select(value => value.StartsWith(own, StringComparison.OrdinalIgnoreCase) ? Address.GetLeftPart(UriPartial.Authority) + value[own.Length..] : value).ToArray()
                : values.ToArray();
        }
    }

    private static async Task PassAsync(HttpResponseMessage answer, HttpContext context, Tee answered)
    {
        using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            answered.Add(buffer.AsSpan(0, count));
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private void Keep(HttpContext context, Tee asked, HttpResponseMessage answer, Tee answered, DateTimeOffset at)
    {
        if (_exchanges.Count >= MostExchanges) return;
        var from = context.Request;
        _exchanges.Enqueue(new RecordedExchange
        {
            Method = from.Method,
            Path = from.Path.ToUriComponent(),
            Query = [.. from.Query.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")))],
            RequestHeaders = [.. from.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
            RequestType = from.ContentType,
            RequestBody = asked.Text(from.Headers.ContentEncoding.ToString()),
            Status = (int)answer.StatusCode,
            ResponseHeaders = [.. answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))],
            ResponseType = answer.Content.Headers.ContentType?.ToString(),
            ResponseBody = answered.Text(string.Join(',', answer.Content.Headers.ContentEncoding)),
            At = at,
        });
    }
}
