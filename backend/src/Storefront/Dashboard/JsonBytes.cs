using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;

namespace Storefront.Dashboard;

/// <summary>
/// JSON as bytes in one pooled, growing buffer. Text comes from PostgreSQL as UTF-8 and leaves as UTF-8: no string is made.
/// </summary>
internal sealed class JsonBytes(int capacity) : IDisposable
{
    // What RFC 8259 wants escaped; everything else may stand in a string as it is.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span(int start, int length) => _buffer.AsSpan(start, length);

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        Length += written;
    }

    public void Id(Guid value)
    {
        Utf8Formatter.TryFormat(value, Room(36), out var written);
        Length += written;
    }

    /// <summary>An instant in UTC, ISO 8601, to the microsecond that PostgreSQL keeps.</summary>
    public void Instant(DateTime value)
    {
        value.TryFormat(Room(32), out var written, "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>The inside of a string, escaped where it has to be.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            var clean = utf8.IndexOfAny(Escaped);
            if (clean < 0)
            {
                Raw(utf8);
                return;
            }

            Raw(utf8[..clean]);
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8.Slice(clean, 1), Room(12), out _, out var written);
            Length += written;
            utf8 = utf8[(clean + 1)..];
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Span<byte> Room(int size)
    {
        if (_buffer.Length - Length < size) Grow(size);
        return _buffer.AsSpan(Length);
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + size));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
