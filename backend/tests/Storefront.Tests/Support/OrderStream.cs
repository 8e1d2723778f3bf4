using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Storefront.Tests.Support;

/// <summary>One order that somebody tried to place. Status 0: no answer came.</summary>
internal sealed record Attempt(int Buyer, int Number, int Status, string Body, bool RetryAfter, TimeSpan Took, DateTime Ended)
{
    public Guid Id => Field("id").GetGuid();

    public string TraceId => Field("traceId").GetString()!;

    public override string ToString() => $"buyer {Buyer}, order {Number}: {Status} after {Took.TotalSeconds:0.00} s\n{Body}";

    private JsonElement Field(string name) => JsonElement.Parse(Body).GetProperty(name);
}

/// <summary>
/// Buyers who order without a pause and never repeat an order: each of one buyer's orders has quantities of its own, so that one
/// that was written twice shows. Who gets no answer goes home.
/// </summary>
internal sealed class OrderStream
{
    private const int Quantities = 1000;

    private readonly ConcurrentQueue<Attempt> _attempts = [];
    private readonly int _first;
    private volatile bool _stopped;
    private Task _buying = Task.CompletedTask;

    private OrderStream(int first) => _first = first;

    public IReadOnlyList<Attempt> Attempts => [.. _attempts];

    public int Placed => _attempts.Count(attempt => attempt.Status == 201);

    /// <param name="buyers">Who orders.</param>
    /// <param name="skus">Two goods that they order.</param>
    /// <param name="first">The number of the first order: where an earlier stream of the same buyers has ended.</param>
    public static OrderStream Start(IReadOnlyList<HttpClient> buyers, (string Few, string Many) skus, int first = 0)
    {
        var stream = new OrderStream(first);
        stream._buying = Task.WhenAll(buyers.Select((client, buyer) => Task.Run(() => stream.BuyAsync(client, buyer, skus))));
        return stream;
    }

    /// <summary>Lets every request that is under way have its answer.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        return EndAsync();
    }

    /// <summary>Waits until nobody orders any longer.</summary>
    public Task EndAsync() => _buying.WaitAsync(TimeSpan.FromSeconds(60));

    private async Task BuyAsync(HttpClient client, int buyer, (string Few, string Many) skus)
    {
        for (var number = _first; !_stopped; number++)
        {
            var attempt = await TryAsync(client, buyer, number, skus);
            _attempts.Enqueue(attempt);
            if (attempt.Status == 0) return;
        }
    }

    private static async Task<Attempt> TryAsync(HttpClient client, int buyer, int number, (string Few, string Many) skus)
    {
        var since = Stopwatch.StartNew();
        try
        {
            using var answer = await client.BuyAsync([(skus.Many, 1 + (number % Quantities)), (skus.Few, 1 + (number / Quantities))]);
            var body = await answer.Content.ReadAsStringAsync();
            return new(buyer, number, (int)answer.StatusCode, body, answer.Headers.RetryAfter is not null, since.Elapsed, DateTime.UtcNow);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return new(buyer, number, 0, error.Message, RetryAfter: false, since.Elapsed, DateTime.UtcNow);
        }
    }
}
