using System.Buffers.Binary;

namespace Roadworthy.Wire.Statements;

/// <summary>A 64-bit hash of bytes, the same in every process and on every machine unless it is seeded. Not for secrets.</summary>
internal static class Hash64
{
    private const ulong Start = 0x2d358dccaa6c78a5;
    private const ulong Multiplier = 0x8bb84b93962eacc9;

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = Start)
    {
        var hash = seed ^ (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), Multiplier);
            bytes = bytes[sizeof(ulong)..];
        }

        ulong tail = 0;
        foreach (var one in bytes) tail = (tail << 8) | one;
        return Mix(hash ^ tail, Start | 1);
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
