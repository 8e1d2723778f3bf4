using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Roadworthy.Wire.Codec;

/// <summary>
/// Finds the messages in one direction of a connection, whatever the pieces that they come in. A message that fits into the buffer is taken whole; of a longer
/// one the beginning is shown and the rest passes in pieces, so that nothing is kept of it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct MessageFramer
{
    public const int HeaderLength = 5;

    /// <summary>What PostgreSQL itself takes at most (MaxAllocSize).</summary>
    public const int MaxMessageLength = 0x3fffffff;

    private byte _type;
    private int _left;

    /// <summary>The next message, or piece of one.</summary>
    /// <param name="available">What has come and was not taken yet.</param>
    /// <param name="isFull">Whether no more can come before some of it is taken.</param>
    /// <param name="frame">It, where there is one.</param>
    public FrameStatus Next(ReadOnlySpan<byte> available, bool isFull, out Frame frame)
    {
        frame = default;
        if (available.IsEmpty) return FrameStatus.Incomplete;
        if (_left > 0)
        {
            var length = Math.Min(_left, available.Length);
            _left -= length;
            frame = new(_type, _left == 0 ? FramePart.End : FramePart.Middle, default, length);
            return FrameStatus.Found;
        }

        if (available.Length < HeaderLength) return FrameStatus.Incomplete;
        var announced = BinaryPrimitives.ReadInt32BigEndian(available[1..]);
        if (announced is < 4 or > MaxMessageLength) return FrameStatus.Broken;
        var total = announced + 1;
        if (total <= available.Length)
        {
            frame = new(available[0], FramePart.Whole, available[HeaderLength..total], total);
            return FrameStatus.Found;
        }

        if (!isFull) return FrameStatus.Incomplete;
        (_type, _left) = (available[0], total - available.Length);
        frame = new(_type, FramePart.Beginning, available[HeaderLength..], available.Length);
        return FrameStatus.Found;
    }
}

internal enum FrameStatus : byte
{
    /// <summary>More has to come first.</summary>
    Incomplete,

    Found,

    /// <summary>A length that no message has: this is no stream of PostgreSQL's, or we have lost our place in it.</summary>
    Broken,
}
