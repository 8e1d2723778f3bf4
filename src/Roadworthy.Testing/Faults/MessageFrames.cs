using System.Buffers.Binary;

namespace Roadworthy.Testing;

/// <summary>
/// Follows one direction of a connection of PostgreSQL's protocol (version 3) through the pieces that it comes in: each message is a type and a length,
/// but those of a client before its start-up is through, which have no type.
/// </summary>
internal sealed class MessageFrames(bool isClient)
{
    private const int LengthBytes = 4;
    private const int ProtocolVersion3 = 3;

    private readonly byte[] _head = new byte[LengthBytes * 2];
    private bool _isStartingUp = isClient;
    private bool _mayBeEncryptionAnswer = !isClient;
    private int _headBytes;
    private long _left;
    private byte _type;

    /// <summary>How many bytes were seen.</summary>
    public long Position { get; private set; }

    private int HeadLength => _isStartingUp ? LengthBytes * 2 : LengthBytes + 1;

    /// <summary>Takes the next piece.</summary>
    /// <param name="bytes">The piece.</param>
    /// <param name="ended">Is told the type of each message that ends in it, 0 for one of a start-up, and the position behind it.</param>
    public void Add(ReadOnlySpan<byte> bytes, Action<byte, long> ended)
    {
        while (!bytes.IsEmpty)
        {
            if (_left == 0 && !TakeHead(ref bytes)) continue;
            var taken = (int)Math.Min(_left, bytes.Length);
            bytes = bytes[taken..];
            Position += taken;
            _left -= taken;
            if (_left == 0) ended(_type, Position);
        }
    }

    /// <returns>Whether the head is whole, with its message, if it has a body, before us.</returns>
    private bool TakeHead(ref ReadOnlySpan<byte> bytes)
    {
        var one = bytes[0];
        bytes = bytes[1..];
        Position++;
        // A server that was asked for encryption refuses it with one letter, before any message.
        if (_mayBeEncryptionAnswer && one == (byte)'N') return false;
        _mayBeEncryptionAnswer = false;
        _head[_headBytes++] = one;
        if (_headBytes < HeadLength) return false;
        _headBytes = 0;
        _type = _isStartingUp ? (byte)0 : _head[0];
        _left = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(_isStartingUp ? 0 : 1)) - (_isStartingUp ? LengthBytes * 2 : LengthBytes);
        if (_isStartingUp) _isStartingUp = BinaryPrimitives.ReadInt16BigEndian(_head.AsSpan(LengthBytes)) != ProtocolVersion3;
        return true;
    }
}
