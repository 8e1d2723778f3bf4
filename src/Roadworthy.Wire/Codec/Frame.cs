namespace Roadworthy.Wire.Codec;

/// <summary>A message as it lies in a buffer, or as much of one as the buffer holds.</summary>
internal readonly ref struct Frame(byte type, FramePart part, ReadOnlySpan<byte> body, int length)
{
    private readonly ReadOnlySpan<byte> _body = body;

    public byte Type => type;

    public FramePart Part => part;

    /// <summary>What stands behind type and length. Of a message that is longer than the buffer, its beginning; nothing of the pieces that follow.</summary>
    public ReadOnlySpan<byte> Body => _body;

    /// <summary>Bytes that it takes of the buffer, type and length included.</summary>
    public int Length => length;

    /// <summary>Whether this is where the message is to be looked at: the whole, or the beginning of a long one.</summary>
    public bool IsHead => part is FramePart.Whole or FramePart.Beginning;

    /// <summary>Whether the message ends here.</summary>
    public bool IsEnd => part is FramePart.Whole or FramePart.End;
}

internal enum FramePart : byte
{
    Whole,
    Beginning,
    Middle,
    End,
}
