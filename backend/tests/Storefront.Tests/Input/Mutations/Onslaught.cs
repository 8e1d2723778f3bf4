using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Storefront.Tests.Input.Mutations;

/// <summary>Many mutated requests over a few connections, and what became of them.</summary>
internal sealed class Onslaught(Uri address, Mutator mutator, int seed)
{
    private const int Connections = 8;
    private const int FaultsKept = 20;

    private readonly ConcurrentDictionary<int, long> _statuses = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<string, long> _taken = new(StringComparer.Ordinal);
    private int _next;

    public IReadOnlyCollection<string> Faults => _faults;

    public long Answered => _statuses.Where(status => status.Key != 0).Sum(status => status.Value);

    public IReadOnlyDictionary<string, long> Taken => _taken;

    /// <summary>How often each status was answered; 0: none was, to a request whose end was not to be known.</summary>
    public string Statuses => string.Join(", ", _statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}"));

    /// <summary>Sends the next requests.</summary>
    public async Task SendAsync(int count)
    {
        var end = _next + count;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => SendUntilAsync(end))));
        _next = end;
    }

    private async Task SendUntilAsync(int end)
    {
        using var connection = new Connection(address);
        for (var number = Interlocked.Increment(ref _next) - 1; number < end && _faults.Count < FaultsKept; number = Interlocked.Increment(ref _next) - 1)
        {
            var request = mutator.Make(number);
            try
            {
                var (status, answer) = request.IsFramed ? await connection.AskAsync(request.Bytes, request.HasAnswerBody) : await connection.AskOnceAsync(request.Bytes);
                _statuses.AddOrUpdate(status, 1, static (_, count) => count + 1);
                if (status is >= 200 and < 300) _taken.AddOrUpdate(request.Of, 1, static (_, count) => count + 1);
                if (status >= 500) Report(number, request.Of, request.Bytes, answer);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                connection.Close();
                Report(number, request.Of, request.Bytes, $"none: {error.Message}");
            }
        }
    }

    private void Report(int number, string of, byte[] request, string answer) => _faults.Enqueue(
        $"{of}, request {number} of seed {seed}; to send it again: printf '{Escaped(request)}' | nc -q 5 {address.Host} {address.Port}\n  answer: {answer}");

    // For printf of a POSIX shell.
    private static string Escaped(byte[] request)
    {
        var text = new StringBuilder();
        foreach (var one in request)
        {
            if (one is < (byte)' ' or > (byte)'~' or (byte)'%' or (byte)'\'' or (byte)'\\') text.Append('\\').Append(Convert.ToString(one, 8).PadLeft(3, '0'));
            else text.Append((char)one);
        }

        return text.ToString();
    }
}
