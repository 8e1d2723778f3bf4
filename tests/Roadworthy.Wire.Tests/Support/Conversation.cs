using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Session;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>A session that is fed by hand: what the client sends and what the server sends, in pieces of any length.</summary>
internal sealed class Conversation
{
    private const int BufferLength = 32 * 1024;

    private readonly int _pieces;
    private readonly StreamBuffer _fromClient = new(BufferLength);
    private readonly StreamBuffer _fromServer = new(BufferLength);
    private MessageFramer _clientFramer;
    private MessageFramer _serverFramer;

    /// <param name="pieces">The length of the pieces.</param>
    /// <param name="isSignedIn">Whether the start-up is behind us.</param>
    public Conversation(int pieces = int.MaxValue, bool isSignedIn = true)
    {
        _pieces = pieces;
        State = new(1, new ShapeTable(1_000), Recorder);
        if (isSignedIn) Server(Messages.Ready());
    }

    public Recorder Recorder { get; } = new();

    public SessionState State { get; }

    public string[] Texts => Recorder.Texts;

    public Conversation Client(params byte[][] messages)
    {
        Feed([.. messages.SelectMany(message => message)], _fromClient, ref _clientFramer, (in Frame frame) => State.Sent(frame, 1));
        return this;
    }

    public Conversation Server(params byte[][] messages)
    {
        Feed([.. messages.SelectMany(message => message)], _fromServer, ref _serverFramer, (in Frame frame) => State.Backend.Read(frame));
        return this;
    }

    private delegate void Reader(in Frame frame);

    private void Feed(ReadOnlySpan<byte> bytes, StreamBuffer buffer, ref MessageFramer framer, Reader read)
    {
        while (!bytes.IsEmpty && !State.IsRaw)
        {
            var free = buffer.Free;
            var piece = bytes[..Math.Min(Math.Min(free.Length, _pieces), bytes.Length)];
            piece.CopyTo(free);
            buffer.Added(piece.Length);
            bytes = bytes[piece.Length..];
            FrameStatus status;
            while ((status = framer.Next(buffer.Filled, buffer.IsFull, out var frame)) == FrameStatus.Found)
            {
                if (frame.IsHead) read(frame);
                buffer.Take(frame.Length);
                if (State.IsRaw) return;
            }

            if (status == FrameStatus.Broken) State.LosePlace();
        }
    }
}
