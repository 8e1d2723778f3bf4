using System.Diagnostics;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Holds;
using Roadworthy.Wire.Session;

namespace Roadworthy.Wire.Proxy;

/// <summary>Moves one connection's bytes both ways, and reads them as they pass. Everything here is done on the connection's own thread.</summary>
internal sealed class Relay : IDisposable
{
    /// <summary>Also how much of a message is looked at.</summary>
    public const int BufferLength = 32 * 1024;

    private const int Patience = 5_000;

    private readonly StreamBuffer _fromClient = new(BufferLength);
    private readonly StreamBuffer _fromServer = new(BufferLength);
    private readonly ByteQueue _toClient = new();
    private readonly ByteQueue _toServer = new();
    private readonly Interceptor _interceptor;
    private MessageFramer _clientFramer;
    private MessageFramer _serverFramer;
    private bool _isInBatch;
    private bool _isPaused;
    private bool _isClientDone;
    private bool _isServerDone;

    public Relay(Link link, SessionState state, WireConnection connection, RuleSet rules, WireProxyOptions options)
    {
        (Link, State, Connection) = (link, state, connection);
        _interceptor = new(this, rules, options.MaxHeldBytes);
    }

    public Link Link { get; }

    public SessionState State { get; }

    public WireConnection Connection { get; }

    public StreamBuffer FromClient => _fromClient;

    public bool IsEnded { get; private set; }

    /// <summary>What becomes of the server's answers.</summary>
    public AnswerSink Answers { get; } = new();

    /// <summary>Until either side has ended.</summary>
    public void Run()
    {
        ReadWhatClientSent();
        while (!IsEnded && !_isClientDone && !_isServerDone) Turn(Timeout.Infinite);
        if (IsEnded) return;
        // What was said last still arrives, where somebody is there to hear it.
        var other = _isClientDone ? _toServer : _toClient;
        PumpUntil(() => other.IsEmpty, Patience);
        if (!_isClientDone) return;
        Link.End(Side.Server);
        AwaitServersEnd();
    }

    /// <summary>Reads what the server still says. Who waits for the end of this connection knows by it that the server is through.</summary>
    public void AwaitServersEnd() => PumpUntil(() => _isServerDone, Patience);

    /// <summary>Goes on with everything but reading the client's messages until something is so.</summary>
    /// <returns>False where the time was over, or the connection has ended.</returns>
    public bool PumpUntil(Func<bool> isSo, int milliseconds)
    {
        var until = Environment.TickCount64 + milliseconds;
        var wasPaused = _isPaused;
        _isPaused = true;
        try
        {
            while (!isSo())
            {
                var left = until - Environment.TickCount64;
                if (IsEnded || left <= 0) return false;
                Turn((int)left);
            }

            return !IsEnded;
        }
        finally
        {
            _isPaused = wasPaused;
        }
    }

    public bool IsSentToServer => _toServer.IsEmpty;

    public bool IsSentToClient => _toClient.IsEmpty;

    public void End() => IsEnded = true;

    /// <summary>Tells who waits for the hold, and goes on when it is released.</summary>
    /// <returns>False where the connection has ended meanwhile.</returns>
    public bool WaitFor(Hold hold, StatementShape shape)
    {
        Connection.Held(true);
        hold.Reach(Connection, shape);
        if (!PumpUntil(() => hold.IsReleased, (int)hold.Limit.TotalMilliseconds)) hold.Release();
        return !IsEnded;
    }

    public void Kill(KillManner manner)
    {
        if (manner == KillManner.Reset) Link.Reset();
        if (manner == KillManner.Terminate) SendToClient(FaultRule.Encode("57P01", "terminating connection due to administrator command", isFatal: true).Span);
        End();
    }

    public void SendToServer(ReadOnlySpan<byte> bytes) => Send(Side.Server, bytes, _toServer);

    public void SendToClient(ReadOnlySpan<byte> bytes) => Send(Side.Client, bytes, _toClient);

    public void Dispose()
    {
        Link.Dispose();
        _interceptor.Dispose();
    }

    private void Turn(int milliseconds)
    {
        var seen = Link.Wait(Wanted(), milliseconds);
        if (seen.Has(LinkEvents.Woken)) Connection.ObeyOrders(this);
        if (seen.Has(LinkEvents.ServerWritable)) Flush(Side.Server, _toServer);
        if (seen.Has(LinkEvents.ClientWritable)) Flush(Side.Client, _toClient);
        if (seen.Has(LinkEvents.ServerReadable) && !IsEnded) ReceiveFromServer();
        if (seen.Has(LinkEvents.ClientReadable) && !IsEnded) ReceiveFromClient();
        if (seen.Has(LinkEvents.ClientGone)) ClientIsDone();
        if (seen.Has(LinkEvents.ServerGone)) _isServerDone = true;
        if (_isPaused && _isServerDone && !_isClientDone && _toClient.IsEmpty) End();
    }

    private LinkEvents Wanted()
    {
        var wanted = LinkEvents.None;
        if (!_toServer.IsEmpty) wanted |= LinkEvents.ServerWritable;
        if (!_toClient.IsEmpty) wanted |= LinkEvents.ClientWritable;
        // Nobody is read from faster than the other side takes it.
        if (!_isServerDone) wanted |= _toClient.IsEmpty && !Answers.IsFull ? LinkEvents.ServerReadable : _isPaused ? LinkEvents.ServerGone : LinkEvents.None;
        if (_isClientDone) return wanted;
        if (_isPaused) wanted |= LinkEvents.ClientGone;
        if (_toServer.IsEmpty && !_fromClient.IsFull) wanted |= LinkEvents.ClientReadable;
        return wanted;
    }

    private void ReceiveFromClient()
    {
        var received = Link.Receive(Side.Client, _fromClient.Free);
        if (received == Link.NotNow) return;
        if (received <= 0)
        {
            ClientIsDone();
            return;
        }

        _fromClient.Added(received);
        if (!_isPaused) ReadWhatClientSent();
    }

    // Whoever leaves what is held has given it up.
    private void ClientIsDone()
    {
        if (_isPaused && !_isClientDone) End();
        _isClientDone = true;
    }

    private void ReadWhatClientSent()
    {
        while (!IsEnded && _fromClient.Count > 0)
        {
            if (State.IsRaw)
            {
                SendToServer(_fromClient.Filled);
                _fromClient.Take(_fromClient.Count);
                return;
            }

            var status = _interceptor.IsCollecting ? Collect() : PassOn();
            if (status == FrameStatus.Broken) State.LosePlace();
            else if (status == FrameStatus.Incomplete) return;
        }
    }

    /// <summary>Sends on what has come, up to a batch that somebody has something in mind for.</summary>
    private FrameStatus PassOn()
    {
        var filled = _fromClient.Filled;
        var (passed, now) = (0, Stopwatch.GetTimestamp());
        FrameStatus status;
        while (true)
        {
            status = _isInBatch || !_interceptor.Wants(filled[passed..]) ? _clientFramer.Next(filled[passed..], passed == 0 && _fromClient.IsFull, out var frame) : Begin(out frame);
            if (status != FrameStatus.Found || _interceptor.IsCollecting) break;
            if (frame.IsHead) State.Sent(frame, now);
            _isInBatch = !frame.IsEnd || !FrontendCode.EndsBatch(frame.Type);
            passed += frame.Length;
            if (State.IsRaw) break;
        }

        if (passed > 0) SendToServer(filled[..passed]);
        _fromClient.Take(passed);
        return status;
    }

    private FrameStatus Begin(out Frame frame)
    {
        frame = default;
        _interceptor.Begin();
        return FrameStatus.Found;
    }

    /// <summary>Puts the next message to the batch that is being collected; acts on it where that was the last.</summary>
    private FrameStatus Collect()
    {
        var status = _clientFramer.Next(_fromClient.Filled, _fromClient.IsFull, out var frame);
        if (status != FrameStatus.Found)
        {
            if (status == FrameStatus.Broken) _interceptor.PassOnUnseen();
            return status;
        }

        var isLast = frame.IsEnd && FrontendCode.EndsBatch(frame.Type);
        var isTooMuch = !_interceptor.Add(frame, _fromClient.Filled[..frame.Length]);
        _fromClient.Take(frame.Length);
        if (isLast)
        {
            _interceptor.Act();
        }
        else if (isTooMuch)
        {
            _interceptor.PassOnUnseen();
            _isInBatch = true;
        }

        return FrameStatus.Found;
    }

    private void ReceiveFromServer()
    {
        var received = Link.Receive(Side.Server, _fromServer.Free);
        if (received == Link.NotNow) return;
        if (received <= 0)
        {
            if (_fromServer.Count > 0) SendToClient(_fromServer.Filled);
            _isServerDone = true;
            return;
        }

        _fromServer.Added(received);
        ReadWhatServerSent();
    }

    private void ReadWhatServerSent()
    {
        var filled = _fromServer.Filled;
        var (read, passed) = (0, 0);
        var status = FrameStatus.Found;
        while (!State.IsRaw && (status = _serverFramer.Next(filled[read..], read == 0 && _fromServer.IsFull, out var frame)) == FrameStatus.Found)
        {
            if (frame.IsHead)
            {
                State.Backend.Read(frame);
                if (State.Backend.Replacement is { } fault && frame.Part == FramePart.Whole)
                {
                    Answer(filled[passed..read]);
                    Answer(fault.Message.Span);
                    passed = read + frame.Length;
                }
            }

            read += frame.Length;
        }

        if (status == FrameStatus.Broken) State.LosePlace();
        if (State.IsRaw) read = filled.Length;
        Answer(filled[passed..read]);
        _fromServer.Take(read);
    }

    private void Answer(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && !Answers.Take(bytes)) SendToClient(bytes);
    }

    private void Send(Side to, ReadOnlySpan<byte> bytes, ByteQueue queue)
    {
        if (queue.IsEmpty)
        {
            var sent = Link.Send(to, bytes);
            if (sent == bytes.Length) return;
            if (sent == Link.Broken)
            {
                Lose(to);
                return;
            }

            if (sent > 0) bytes = bytes[sent..];
        }

        queue.Add(bytes);
    }

    private void Flush(Side to, ByteQueue queue)
    {
        var sent = Link.Send(to, queue.Filled);
        if (sent == Link.Broken) Lose(to);
        else if (sent > 0) queue.Take(sent);
    }

    // A server that closed may have said why: that is still to be read, and passed on.
    private void Lose(Side side)
    {
        if (side == Side.Client) End();
        else _toServer.Clear();
    }
}
