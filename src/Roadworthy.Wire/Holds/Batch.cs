using System.Runtime.InteropServices;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Session;

namespace Roadworthy.Wire.Holds;

/// <summary>What a client sends up to a point at which it waits, kept together until it is decided what becomes of it.</summary>
internal sealed class Batch
{
    public ByteQueue Bytes { get; } = new();

    public List<BatchMessage> Messages { get; } = [];

    public ExpectedList Replies { get; } = new();

    /// <summary>Of the Query that ends it, if one does: where its statements stand in its text.</summary>
    public List<Range> Statements { get; } = [];

    public BatchMessage Last => Messages[^1];

    public ReadOnlySpan<byte> Of(in BatchMessage message) => Bytes.Filled.Slice(message.Start, message.Length);

    public void Clear()
    {
        Bytes.Clear();
        Messages.Clear();
        Replies.Clear();
        Statements.Clear();
    }
}

/// <param name="Type">Its first byte.</param>
/// <param name="Start">Where it begins in the batch.</param>
/// <param name="Length">How long it is, type and length included.</param>
/// <param name="FirstReply">The first answer to it in the batch's list.</param>
/// <param name="ReplyCount">How many there are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BatchMessage(byte Type, int Start, int Length, int FirstReply, int ReplyCount);
