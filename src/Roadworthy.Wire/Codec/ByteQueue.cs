namespace Roadworthy.Wire.Codec;

/// <summary>Bytes on their way out, or kept back. Grows as needed and falls back to nothing when it was large; who adds keeps to a bound.</summary>
internal sealed class ByteQueue
{
    private const int Kept = 64 * 1024;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public int Count => _end - _start;

    public bool IsEmpty => _start == _end;

    public Span<byte> Filled => _bytes.AsSpan(_start, Count);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Room at the end, which is counted as filled at once.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _end < length) Grow(length);
        _end += length;
        return _bytes.AsSpan(_end - length, length);
    }

    public void Take(int length)
    {
        _start += length;
        if (_start == _end) Clear();
    }

    public void Clear()
    {
        (_start, _end) = (0, 0);
        if (_bytes.Length > Kept) _bytes = [];
    }

    private void Grow(int length)
    {
        var grown = new byte[Math.Max(Count + length, Math.Max(512, _bytes.Length * 2))];
        Filled.CopyTo(grown);
        (_bytes, _end, _start) = (grown, Count, 0);
    }
}
