using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Roadworthy.Input.Bodies;

/// <summary>The names that one object has had. The first few are kept as places in the body, so that small objects allocate nothing.</summary>
internal ref struct NameSet(ReadOnlySpan<byte> body)
{
    private const int Few = 8;

    private readonly ReadOnlySpan<byte> _body = body;
    private Names _first;
    private HashSet<string>? _many;
    private int _count;

    public readonly int Count => _many?.Count ?? _count;

    /// <param name="start">Where the name's text begins in the body.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>False for a name that was there already.</returns>
    public bool Add(int start, int length)
    {
        if (_many is null)
        {
            var text = NameText.Unescape(_body.Slice(start, length));
            for (var i = 0; i < _count; i++)
            {
                if (NameText.Unescape(_body.Slice(_first[i].Start, _first[i].Length)).SequenceEqual(text)) return false;
            }

            if (_count < Few)
            {
                _first[_count++] = new Name(start, length);
                return true;
            }

            _many = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in _first) _many.Add(NameText.Read(_body.Slice(name.Start, name.Length)));
        }

        return _many.Add(NameText.Read(_body.Slice(start, length)));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Name(int Start, int Length);

    [InlineArray(Few)]
    private struct Names
    {
        private Name _name;
    }
}
