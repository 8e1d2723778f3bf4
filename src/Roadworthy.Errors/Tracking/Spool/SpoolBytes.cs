using System.Buffers.Binary;
using System.Numerics;

namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>
/// A segment's bytes: <see cref="Magic"/>, then entries of length, CRC-32C, sequence number and payload. Whatever follows the last whole entry was being written
/// when the process died.
/// </summary>
internal static class SpoolBytes
{
    /// <summary>Length and checksum.</summary>
    public const int Head = 8;

    /// <summary>In front of the payload, under the checksum.</summary>
    public const int Sequence = 8;

    /// <summary>Twice the largest record: a length beyond it is no length.</summary>
    public const int MostBody = 4 * 1_048_576;

    /// <summary>At the begin of each segment; the last byte is the form's version.</summary>
    public static ReadOnlySpan<byte> Magic => "RWERRS\0\u0001"u8;

    /// <summary>Fills in the head and the sequence of an entry whose payload stands behind them already.</summary>
    public static void Seal(Span<byte> entry, long sequence)
    {
        BinaryPrimitives.WriteInt64LittleEndian(entry[Head..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(entry, entry.Length - Head);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], Checksum(entry[Head..]));
    }

    /// <summary>The entry at an offset; false where there is no whole one, and so none behind it either.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> segment, ref int offset, out long sequence, out ReadOnlyMemory<byte> payload)
    {
        (sequence, payload) = (0, default);
        var rest = segment.Span[offset..];
        if (rest.Length < Head + Sequence)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < Sequence or > MostBody || length > rest.Length - Head)
        {
            return false;
        }

        var body = rest.Slice(Head, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) != Checksum(body))
        {
            return false;
        }

        sequence = BinaryPrimitives.ReadInt64LittleEndian(body);
        payload = segment.Slice(offset + Head + Sequence, length - Sequence);
        offset += Head + length;
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var last in bytes)
        {
            sum = BitOperations.Crc32C(sum, last);
        }

        return ~sum;
    }
}
