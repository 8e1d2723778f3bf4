using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>Where a page of groups ends, as an opaque text.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GroupCursor(DateTimeOffset LastSeen, Guid Id)
{
    private const int Bytes = 24;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, LastSeen.UtcTicks);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="FormatException">It is no cursor.</exception>
    public static GroupCursor Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text.Length != Base64Url.GetEncodedLength(Bytes) || !Base64Url.TryDecodeFromChars(text, bytes, out var count) || count != Bytes
            || BinaryPrimitives.ReadInt64BigEndian(bytes) is var ticks && (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks))
        {
            throw new FormatException("ErrorGroupFilter.After is not the end of a page: pass ErrorGroupPage.Next as it is.");
        }

        return new GroupCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
    }
}
