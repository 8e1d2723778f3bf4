using System.Collections.Concurrent;
using System.Text.Json;

namespace Storefront.Tests.Support;

/// <summary>Clients who ask for what needs the database, without a pause, and note every failure that they are told of.</summary>
internal sealed class FailureStream
{
    private static readonly string[] Paths = ["/api/products", "/api/products?limit=5", "/api/login"];

    private readonly ConcurrentQueue<(int Client, int Status, string TraceId)> _failures = [];
    private readonly ConcurrentDictionary<int, int> _served = [];
    private volatile bool _stopped;
    private Task _asking = Task.CompletedTask;

    /// <summary>Who was answered with 500 or more, with the problem's trace id.</summary>
    public IReadOnlyList<(int Client, int Status, string TraceId)> Failures => [.. _failures];

    public int Served(int client) => _served.GetValueOrDefault(client);

    public static FailureStream Start(Uri address, int clients)
    {
        var stream = new FailureStream();
        stream._asking = Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => stream.AskAsync(address, client))));
        return stream;
    }

    /// <summary>Lets every request that is under way have its answer.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        return EndAsync();
    }

    /// <summary>Waits until nobody gets an answer any longer.</summary>
    public Task EndAsync() => _asking.WaitAsync(TimeSpan.FromSeconds(60));

    private async Task AskAsync(Uri address, int client)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        try
        {
            for (var n = 0; !_stopped; n++)
            {
                var path = Paths[n % Paths.Length];
                using var answer = path is "/api/login" ? await http.TellAsync(path, new { email = $"nobody{n}@example.com", password = "a wrong password" }) : await http.LookAsync(path);
                if ((int)answer.StatusCode < 500) _served.AddOrUpdate(client, 1, (_, served) => served + 1);
                else _failures.Enqueue((client, (int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("traceId").GetString()!));
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            // The backend is gone: who gets no answer goes home.
        }
    }
}
