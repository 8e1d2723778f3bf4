using System.Net.Sockets;
using System.Threading.Channels;

namespace Roadworthy.Testing;

/// <summary>One connection of a client's and its other half to the server.</summary>
internal sealed class ProxiedConnection(PostgresProxy proxy, NetworkStream client, NetworkStream server)
{
    private const int BufferLength = 32 * 1024;

    /// <summary>Pieces that a client may send while one of them is held. Its leaving is seen behind no more than these.</summary>
    private const int PiecesAhead = 256;

    private readonly Lock _lock = new();
    private readonly List<long> _requestEnds = [];
    private Interception? _losing;
    private long _losingAt;
    private long _answered;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var gone = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pieces = Channel.CreateBounded<byte[]>(PiecesAhead);
        Task[] all =
        [
            PassAnswersAsync(end.Token),
            PassRequestsAsync(pieces.Reader, gone.Token, end.Token),
            ReadRequestsAsync(pieces.Writer, gone, end.Token),
        ];
        // The reader ends first, where the client leaves: what it sent before still passes.
        await Task.WhenAny(all[0], all[1]).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(all).ConfigureAwait(false);
        client.Socket.Close();
        server.Socket.Close();
        _losing?.Done.TrySetResult();
    }

    private async Task ReadRequestsAsync(ChannelWriter<byte[]> pieces, CancellationTokenSource gone, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        try
        {
            while (await client.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
                await pieces.WriteAsync(buffer[..read], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsEnd(error))
        {
            // Reset by the client, or ended by the other direction: gone either way.
        }

        await gone.CancelAsync().ConfigureAwait(false);
        pieces.Complete();
    }

    private async Task PassRequestsAsync(ChannelReader<byte[]> pieces, CancellationToken gone, CancellationToken cancellationToken)
    {
        var frames = new MessageFrames(isClient: true);
        byte[] before = [];
        try
        {
            await foreach (var piece in pieces.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                // With the end of what came before it in front: a text may come in two pieces.
                byte[] seen = [.. before, .. piece];
                var start = frames.Position - before.Length;
                var (taken, index) = proxy.Take(seen, before.Length);
                lock (_lock) frames.Add(piece, NoteRequest);
                if (taken?.Hold is { } hold) await HoldAsync(hold, gone, cancellationToken).ConfigureAwait(false);
                if (taken?.Kind == InterceptionKind.LoseAnswer) Lose(taken, start + index);
                await proxy.AudibleAsync(cancellationToken).ConfigureAwait(false);
                await server.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                if (taken?.Kind == InterceptionKind.Cut)
                {
                    _losing = taken;
                    return;
                }

                before = seen[^Math.Min(seen.Length, Math.Max(0, proxy.LongestArmed() - 1))..];
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The other direction has ended the pair, or the client has left what was held.
        }
    }

    private static async Task HoldAsync(Hold hold, CancellationToken gone, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gone);
        await hold.PassAsync(either.Token).ConfigureAwait(false);
        either.Token.ThrowIfCancellationRequested();
    }

    private async Task PassAnswersAsync(CancellationToken cancellationToken)
    {
        var (buffer, frames) = (new byte[BufferLength], new MessageFrames(isClient: false));
        try
        {
            while (await server.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                bool isLosing;
                lock (_lock)
                {
                    frames.Add(buffer.AsSpan(0, read), NoteAnswer);
                    if (_losing is not null && _answered >= _losingAt) return;
                    isLosing = _losing is not null && _answered >= _losingAt - 1;
                }

                if (isLosing) continue;
                await proxy.AudibleAsync(cancellationToken).ConfigureAwait(false);
                await client.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The other direction has ended the pair.
        }
    }

    /// <summary>From now on, what answers the request that stands at a position is kept back, until it is answered.</summary>
    private void Lose(Interception interception, long position)
    {
        lock (_lock)
        {
            (_losing, _losingAt) = (interception, _requestEnds.Count(end => end <= position) + 1);
        }
    }

    // What the server answers with ReadyForQuery: a start-up, a simple query, a Sync, a function call.
    private void NoteRequest(byte type, long end)
    {
        if (type is (byte)'Q' or (byte)'S' or (byte)'F') _requestEnds.Add(end);
        else if (type == 0 && _requestEnds.Count == 0) _requestEnds.Add(end);
    }

    private void NoteAnswer(byte type, long end)
    {
        if (type == (byte)'Z') _answered++;
    }

    private static bool IsEnd(Exception error) => error is IOException or OperationCanceledException or ObjectDisposedException or ChannelClosedException;
}
