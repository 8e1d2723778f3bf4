using System.Diagnostics;
using System.Net.Http.Headers;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>Sends requests as they are: no redirects, no cookies of its own, no proxy, an answer bounded in size and time.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int MostBody = 4 * 1024 * 1024;

    private volatile bool _hasCrashed;
    private readonly Callers _callers = new();
    private Uri _base;

    /// <param name="target">The backend, on loopback.</param>
    /// <param name="timeout">For an answer's last byte. Default: 30 seconds.</param>
    /// <exception cref="InspectionException">The target is not on loopback.</exception>
    public ApiClient(Uri target, TimeSpan? timeout = null)
    {
        _base = Loopback.Require(target);
        Timeout = timeout ?? TimeSpan.FromSeconds(30);
    }

    public TimeSpan Timeout { get; }

    /// <summary>The backend; another address once it was started anew.</summary>
    /// <exception cref="InspectionException">The new one is not on loopback.</exception>
    public Uri Target
    {
        get => _base;
        set => _base = Loopback.Require(value);
    }

    /// <summary>From how many addresses requests have come.</summary>
    public int Addresses => _callers.Now;

    /// <summary>Never throws for what the backend does: that is told in the exchange. What one address may not ask so often is asked from another.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<Exchange> SendAsync(WireRequest request, string identity, ApiOperation? operation = null, CancellationToken ct = default)
    {
        var caller = _callers.Now;
        // Some servers close a connection some time after they have answered 500 on it, and what was sent there meanwhile is lost. Whether it was worked on can't be known: what may be done
        // twice is asked again, and all else goes on a connection of its own.
        var (isCrashed, isSafe) = (_hasCrashed, request.Method is "GET" or "HEAD" or "OPTIONS");
        var exchange = isCrashed && !isSafe ? await SendAloneAsync(caller, request, identity, operation, ct) : await SendAsync(caller, request, identity, operation, ct);
        // What is large is sent once.
        if (request.Leading > 0) return exchange;
        if (isCrashed && isSafe && exchange.Status == 0 && exchange.Elapsed < Timeout) exchange = await SendAsync(caller, request, identity, operation, ct);
        _hasCrashed = exchange.Status >= 500;
        if (exchange.Status != 429) return exchange;
        var what = operation?.Key ?? request.Target;
        if (_callers.After(caller, what, _base) is not { } next) return exchange;
        var again = await SendAsync(next, request, identity, operation, ct);
        if (again.Status is 429 or 0)
        {
            _callers.InVain(what);
            return exchange;
        }

        _callers.GoOn(next);
        return again;
    }

    public void Dispose() => _callers.Dispose();

    private Task<Exchange> SendAsync(int caller, WireRequest request, string identity, ApiOperation? operation, CancellationToken ct) => SendAsync(_callers[caller], request, identity, operation, ct);

    private async Task<Exchange> SendAloneAsync(int caller, WireRequest request, string identity, ApiOperation? operation, CancellationToken ct)
    {
        using var alone = Callers.Make(caller);
        return await SendAsync(alone, request, identity, operation, ct);
    }

    private async Task<Exchange> SendAsync(HttpMessageInvoker invoker, WireRequest request, string identity, ApiOperation? operation, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var message = Message(request);
            using var answer = await invoker.SendAsync(message, limit.Token);
            var (body, truncated) = IsEndless(answer.Content) ? ([], true) : await ReadAsync(answer.Content, limit.Token);
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
            return new Exchange
            {
                Operation = operation,
                Identity = identity,
                Request = request,
                Failure = failure,
                WasSent = e is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError },
                StartedAt = started,
                EndedAt = Stopwatch.GetTimestamp(),
            };
        }
    }

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

    // Events that are sent as they happen: who waits for their end waits for the time limit, each time.
    private static bool IsEndless(HttpContent content) => content.Headers.ContentType?.MediaType?.ToLowerInvariant() is "text/event-stream" or "multipart/x-mixed-replace";

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
