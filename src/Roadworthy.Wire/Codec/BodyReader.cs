using System.Buffers.Binary;

namespace Roadworthy.Wire.Codec;

/// <summary>Reads the fields of a message. Past the end it reads nothings and says so, because whoever sent it may have meant ill.</summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>Whether a field was read that was not there.</summary>
    public bool IsBroken { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public ReadOnlySpan<byte> CString()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            // A text that was cut off at what is kept of a message: as much as there is.
            IsBroken = true;
            var all = _rest;
            _rest = default;
            return all;
        }

        var text = _rest[..end];
        _rest = _rest[(end + 1)..];
        return text;
    }

    public byte Byte() => Take(1) is [var one] ? one : (byte)0;

    public short Int16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadInt16BigEndian(bytes) : (short)0;

    public int Int32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            IsBroken = true;
            _rest = default;
            return default;
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
