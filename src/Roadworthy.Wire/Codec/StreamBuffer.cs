namespace Roadworthy.Wire.Codec;

/// <summary>What has come from one side and was not taken yet. Of a fixed size, so that no sender makes us grow.</summary>
internal sealed class StreamBuffer(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _start;
    private int _end;

    public int Count => _end - _start;

    /// <summary>Whether nothing more fits, however much is moved.</summary>
    public bool IsFull => Count == _bytes.Length;

    public Span<byte> Filled => _bytes.AsSpan(_start, Count);

    /// <summary>Where the next bytes go; moves what is there to the front where the end is near.</summary>
    public Span<byte> Free
    {
        get
        {
            if (_start == _end)
            {
                (_start, _end) = (0, 0);
            }
            else if (_start > 0 && _end > _bytes.Length / 2)
            {
                Filled.CopyTo(_bytes);
                (_start, _end) = (0, Count);
            }

            return _bytes.AsSpan(_end);
        }
    }

    public void Added(int length) => _end += length;

    public void Take(int length) => _start += length;
}
