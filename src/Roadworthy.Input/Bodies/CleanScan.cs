using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.Bodies;

/// <summary>
/// A quick first look: says of most bodies that nothing is wrong with them and nothing has to be written anew, in about a third of the time of a
/// <see cref="BodyWalk"/>. It knows nothing but clean: whatever is odd, wrong or only rare is left to the walk, which finds out and explains.
/// </summary>
internal ref struct CleanScan
{
    /// <summary>Where text ends, or needs a closer look.</summary>
    private static readonly SearchValues<byte> EndsText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _maxDepth;
    private readonly int _maxMembers;
    private int _at;
    private int _depth;

    private CleanScan(ReadOnlySpan<byte> body, int maxDepth, int maxMembers)
    {
        _body = body;
        _maxDepth = maxDepth;
        _maxMembers = maxMembers;
    }

    /// <param name="body">Well-formed UTF-8.</param>
    /// <param name="schema">What the body's type takes; one that <see cref="CleanScan"/> knows all kinds of.</param>
    /// <param name="maxMembers">The most members of one object.</param>
    /// <returns>True where a walk would find no error and write nothing anew. False says nothing.</returns>
    public static bool IsClean(ReadOnlySpan<byte> body, BodySchema schema, int maxMembers)
    {
        var scan = new CleanScan(body, schema.MaxDepth, maxMembers);
        return scan.Next() != 'n' && scan.Value(schema.Root) && scan.Next() == 0 && scan._at == body.Length;
    }

    /// <summary>Whether all that a place can hold is known here.</summary>
    public static bool Knows(Slot root)
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        return Knows(root, seen);
    }

    private static bool Knows(Slot slot, HashSet<Node> seen) => !seen.Add(slot.Node) || slot.Node switch
    {
        TextNode or ScalarNode => true,
        ListNode list => Knows(slot.Item ?? list.Item, seen),
        ObjectNode { Discriminator: null, Members.Length: <= 64 } node => node.Members.All(member => Knows(member, seen)),
        _ => false,
    };

    private bool Value(Slot slot)
    {
        var first = Next();
        if (first == 'n') return slot.TakesNull && Word("null"u8);
        return slot.Node switch
        {
            TextNode => first == '"' && Text(slot.IsTrimmed),
            ScalarNode node => Single(node.Scalar, first),
            ObjectNode node => first == '{' && Object(node),
            ListNode node => first == '[' && List(slot.Item ?? node.Item),
            _ => false,
        };
    }

    private bool Object(ObjectNode node)
    {
        if (_depth == _maxDepth) return false;
        _depth++;
        _at++;
        var members = node.Members;
        var seen = 0UL;
        var required = 0;
        var next = 0;
        if (Next() == '}') return Leave(node.RequiredMembers == 0);
        while (true)
        {
            if (Next() != '"') return false;
            var rest = _body[(_at + 1)..];
            if (next < members.Length && IsName(rest, members[next].Utf8Name)) _at += members[next].Utf8Name.Length + 2;
            else if (!Find(node, rest, out next)) return false;

            var member = members[next];
            var bit = 1UL << next;
            if ((seen & bit) != 0) return false;
            seen |= bit;
            if (member.IsRequired) required++;
            next++;
            if (Next() != ':') return false;
            _at++;
            if (!Value(member)) return false;
            var end = Next();
            _at++;
            if (end == '}') break;
            if (end != ',') return false;
        }

        _depth--;
        return required == node.RequiredMembers && BitOperations.PopCount(seen) <= _maxMembers;
    }

    private bool List(Slot item)
    {
        if (_depth == _maxDepth) return false;
        _depth++;
        _at++;
        if (Next() == ']') return Leave(true);
        while (true)
        {
            if (!Value(item)) return false;
            var end = Next();
            _at++;
            if (end == ']') break;
            if (end != ',') return false;
        }

        _depth--;
        return true;
    }

    private bool Leave(bool isClean)
    {
        _at++;
        _depth--;
        return isClean;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsName(ReadOnlySpan<byte> rest, byte[] name) =>
        rest.Length > name.Length && rest[name.Length] == '"' && rest.StartsWith(name);

    private bool Find(ObjectNode node, ReadOnlySpan<byte> rest, out int index)
    {
        index = -1;
        var length = rest.IndexOfAny(EndsText);
        if (length < 0 || rest[length] != '"') return false;
        _at += length + 2;
        index = node.Find(rest[..length]);
        return index >= 0;
    }

    private bool Single(Scalar scalar, byte first)
    {
        if (first == '"')
        {
            if (!scalar.IsQuoted) return false;
            var rest = _body[(_at + 1)..];
            var length = rest.IndexOfAny(EndsText);
            if (length <= 0 || rest[length] != '"') return false;
            var text = rest[..length];
            _at += length + 2;
            Span<byte> scratch = stackalloc byte[Scalar.ScratchBytes];
            return text[0] != ' ' && text[^1] != ' ' && scalar.ReadText(text, scratch, out var canonical) == ScalarReading.Good && canonical.SequenceEqual(text);
        }

        return first switch
        {
            (byte)'t' => scalar.TakesBooleans && Word("true"u8),
            (byte)'f' => scalar.TakesBooleans && Word("false"u8),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => scalar.PlainDigits > 0 && Number(scalar),
            _ => false,
        };
    }

    private bool Number(Scalar scalar)
    {
        var rest = _body[_at..];
        var i = 0;
        if (rest[0] == '-')
        {
            if (!scalar.TakesNegatives) return false;
            i = 1;
        }

        var start = i;
        while (i < rest.Length && (uint)(rest[i] - '0') <= 9) i++;
        var digits = i - start;
        if (digits == 0 || (digits > 1 && rest[start] == '0')) return false;
        if (scalar.TakesFractions && i < rest.Length && rest[i] == '.')
        {
            var point = ++i;
            while (i < rest.Length && (uint)(rest[i] - '0') <= 9) i++;
            if (i == point) return false;
            digits += i - point;
        }

        _at += i;
        return digits <= scalar.PlainDigits;
    }

    private bool Text(bool isTrimmed)
    {
        var start = ++_at;
        while (true)
        {
            var length = _body[_at..].IndexOfAny(EndsText);
            if (length < 0) return false;
            _at += length;
            if (_body[_at] == '"') break;
            if (isTrimmed || _body[_at] != '\\' || !Escape()) return false;
        }

        var text = _body[start.._at];
        _at++;
        return !isTrimmed || text.IsEmpty || (text[0] is > (byte)' ' and < 0x80 && text[^1] is > (byte)' ' and < 0x80);
    }

    /// <summary>Any escape but NUL and surrogates, which need to be looked at in pairs.</summary>
    private bool Escape()
    {
        if (_at + 1 >= _body.Length) return false;
        if (_body[_at + 1] != 'u')
        {
            var isKnown = "\"\\/bfnrt"u8.Contains(_body[_at + 1]);
            _at += 2;
            return isKnown;
        }

        if (_at + 6 > _body.Length) return false;
        var unit = 0;
        foreach (var digit in _body.Slice(_at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        _at += 6;
        return unit != 0 && !char.IsSurrogate((char)unit);
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!_body[_at..].StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    /// <summary>The next byte that is no white space; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Next()
    {
        var body = _body;
        var at = _at;
        while ((uint)at < (uint)body.Length)
        {
            var next = body[at];
            if (next > ' ' || next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                _at = at;
                return next;
            }

            at++;
        }

        _at = at;
        return 0;
    }
}
