using System.Diagnostics;
using System.Net.Http.Headers;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>Sends requests as they are: no redirects, no cookies of its own, no proxy, an answer bounded in size and time.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int MostBody = 4 * 1024 * 1024;

    private readonly HttpMessageInvoker _http;
    private Uri _base;

    /// <param name="target">The backend, on loopback.</param>
    /// <param name="timeout">For an answer's last byte. Default: 30 seconds.</param>
    /// <exception cref="InspectionException">The target is not on loopback.</exception>
    public ApiClient(Uri target, TimeSpan? timeout = null)
    {
        _base = Loopback.Require(target);
        Timeout = timeout ?? TimeSpan.FromSeconds(30);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            ActivityHeadersPropagator = null,
        });
    }

    public TimeSpan Timeout { get; }

    /// <summary>The backend; another address once it was started anew.</summary>
    /// <exception cref="InspectionException">The new one is not on loopback.</exception>
    public Uri Target
    {
        get => _base;
        set => _base = Loopback.Require(value);
    }

    /// <summary>Never throws for what the backend does: that is told in the exchange.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<Exchange> SendAsync(WireRequest request, string identity, ApiOperation? operation = null, CancellationToken ct = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var message = Message(request);
            using var answer = await _http.SendAsync(message, limit.Token);
            var (body, truncated) = await ReadAsync(answer.Content, limit.Token);
            return new Exchange
            {
                Operation = operation,
                Identity = identity,
                Request = request,
                Response = new WireResponse((int)answer.StatusCode, Headers(answer), body, truncated),
                StartedAt = started,
                EndedAt = Stopwatch.GetTimestamp(),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or FormatException or InvalidOperationException or ArgumentException)
        {
            ct.ThrowIfCancellationRequested();
            var failure = e is OperationCanceledException ? $"No answer within {Timeout.TotalSeconds:0} s." : e.InnerException?.Message ?? e.Message;
            return new Exchange { Operation = operation, Identity = identity, Request = request, Failure = failure, StartedAt = started, EndedAt = Stopwatch.GetTimestamp() };
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Message(WireRequest request)
    {
        // What was escaped, or not, on purpose goes out so.
        var uri = new Uri(_base.GetLeftPart(UriPartial.Authority) + request.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (request.Body is not null)
        {
            message.Content = request.Leading > 0 ? new LargeContent(request.Leading, request.Body) : new ByteArrayContent(request.Body);
            // Who refuses it by its length can say so before it is sent.
            if (request.Leading > 0) message.Headers.ExpectContinue = true;
            if (request.ContentType is { } type && MediaTypeHeaderValue.TryParse(type, out var parsed)) message.Content.Headers.ContentType = parsed;
        }
        else if (request.Method is "POST" or "PUT" or "PATCH")
        {
            message.Content = new ByteArrayContent([]);
        }

        foreach (var (name, value) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    private static List<KeyValuePair<string, string>> Headers(HttpResponseMessage answer) =>
        [.. answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))];

    private static async Task<(byte[] Body, bool Truncated)> ReadAsync(HttpContent content, CancellationToken ct)
    {
        using var stream = await content.ReadAsStreamAsync(ct);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ct) is > 0 and var count)
        {
            kept.Write(buffer, 0, Math.Min(count, MostBody - (int)kept.Length));
            if (kept.Length == MostBody) return (kept.ToArray(), true);
        }

        return (kept.ToArray(), false);
    }
}
