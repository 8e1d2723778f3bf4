using System.Buffers;
using System.Globalization;

namespace Roadworthy.Input.Rules;

/// <summary>A JSON Pointer that grows and shrinks with the way through a graph.</summary>
internal sealed class PointerBuffer : IDisposable
{
    private char[] _chars = ArrayPool<char>.Shared.Rent(256);

    public int Length { get; private set; }

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    /// <param name="segment">Escaped, with its slash.</param>
    public void Push(string segment)
    {
        Reserve(segment.Length);
        segment.CopyTo(_chars.AsSpan(Length));
        Length += segment.Length;
    }

    public void Push(int index)
    {
        const int longest = 11;
        Reserve(longest);
        _chars[Length] = '/';
        index.TryFormat(_chars.AsSpan(Length + 1), out var written, default, CultureInfo.InvariantCulture);
        Length += written + 1;
    }

    /// <summary>Goes back to an earlier length.</summary>
    public void Return(int length) => Length = length;

    public override string ToString() => Span.ToString();

    public void Dispose()
    {
        var chars = _chars;
        _chars = [];
        Length = 0;
        if (chars.Length > 0) ArrayPool<char>.Shared.Return(chars);
    }

    private void Reserve(int count)
    {
        if (_chars.Length - Length >= count) return;
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_chars.Length * 2, Length + count));
        Span.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}
