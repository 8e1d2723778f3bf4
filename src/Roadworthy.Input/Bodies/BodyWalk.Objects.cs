using System.Text;
using System.Text.Json;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Bodies;

internal ref partial struct BodyWalk
{
    private Fate Object(ObjectNode node)
    {
        if (!Enter()) return Fate.Refused;
        var discriminator = node.Discriminator;
        var cutsDiscriminator = false;
        if (discriminator is not null && !Choose(discriminator, ref node, out cutsDiscriminator))
        {
            _reader.Skip();
            _depth--;
            return Fate.Refused;
        }

        var members = node.Members;
        Span<ulong> seen = members.Length <= 64 ? stackalloc ulong[1] : new ulong[(members.Length + 63) / 64];
        seen.Clear();
        var names = new NameSet(_body);
        var cut = new Cut(End);
        if (cutsDiscriminator) cut.StartsBehindWritten();
        var next = 0;
        var required = 0;
        var count = 0;
        _pointer.Push();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            if (++count > _maxMembers) return RefuseMembers();
            _spliced.BeginMember(ref cut, Start);
            var index = IndexOf(node, ref next);
            Fate fate;
            if (index >= 0)
            {
                fate = KnownMember(members[index], index, seen, ref required);
            }
            else if (discriminator is not null && NameText.Unescape(_reader.ValueSpan).SequenceEqual(discriminator.Utf8Name))
            {
                fate = DiscriminatorMember(discriminator, ref names, cutsDiscriminator);
            }
            else
            {
                fate = UnknownMember(node.RefusesUnknown, discriminator is not null, ref names);
            }

            if (_stopped) return Fate.Refused;
            _spliced.EndMember(ref cut, End, fate == Fate.Kept);
        }

        if (required < node.RequiredMembers) RefuseMissing(members, seen);
        _pointer.Pop();
        _depth--;
        return Fate.Kept;
    }

    /// <summary>Finds the type that the discriminator names, wherever it stands, and writes it to the front, where a binder looks for it.</summary>
    private bool Choose(Discriminator discriminator, ref ObjectNode node, out bool isMoved)
    {
        isMoved = false;
        var ahead = _reader;
        for (var isFirst = true; ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName; isFirst = false)
        {
            var isName = NameText.Unescape(ahead.ValueSpan).SequenceEqual(discriminator.Utf8Name);
            ahead.Read();
            if (!isName)
            {
                ahead.Skip();
                continue;
            }

            if (KeyOf(ref ahead) is { } key && discriminator.Types.TryGetValue(key, out var chosen))
            {
                node = chosen;
                if (isFirst) return true;
                isMoved = true;
                _spliced.Insert(End, discriminator, _body[(int)ahead.TokenStartIndex..(int)ahead.BytesConsumed]);
                return true;
            }

            return (discriminator.IgnoresUnknown && !discriminator.IsRequired) || RefuseChoice(discriminator, InputRule.OneOf, $"Must be {discriminator.Wanted}.");
        }

        return !discriminator.IsRequired || RefuseChoice(discriminator, InputRule.Required, $"Is required, and must be {discriminator.Wanted}.");
    }

    private bool RefuseChoice(Discriminator discriminator, string rule, string message)
    {
        _pointer.Push();
        _pointer.SetMember(discriminator.Name);
        Refuse(rule, message);
        _pointer.Pop();
        return false;
    }

    private static string? KeyOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when !reader.ValueIsEscaped || EscapedText.Check(reader.ValueSpan) == EscapedText.Fault.None => $"\"{reader.GetString()}\"",
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    private Fate KnownMember(Member member, int index, scoped Span<ulong> seen, ref int required)
    {
        _pointer.SetMember(member.Name);
        ref var word = ref seen[index >> 6];
        var bit = 1UL << (index & 63);
        _reader.Read();
        if ((word & bit) != 0)
        {
            Refuse(InputRule.Duplicate, Wording.Duplicate);
            _reader.Skip();
            return Fate.Refused;
        }

        word |= bit;
        if (member.IsRequired) required++;
        return Value(member);
    }

    private Fate UnknownMember(bool refused, bool hasMetadata, ref NameSet names)
    {
        if (!Name(ref names, out var first))
        {
            _reader.Skip();
            return Fate.Refused;
        }

        // Beside a discriminator System.Text.Json takes every such name for metadata of its own.
        if (refused || (hasMetadata && first == '$'))
        {
            Refuse(InputRule.Unknown, "Is not known here.");
            _reader.Skip();
            return Fate.Refused;
        }

        _unknown?.Add(Pointer);
        return Any();
    }

    private Fate DiscriminatorMember(Discriminator discriminator, ref NameSet names, bool isMoved)
    {
        if (!Name(ref names, out _))
        {
            _reader.Skip();
            return Fate.Refused;
        }

        _pointer.SetMember(discriminator.Name);
        _reader.Skip();
        return isMoved ? Fate.LeftOut : Fate.Kept;
    }

    private Fate Map(MapNode node, Slot item)
    {
        if (!Enter()) return Fate.Refused;
        var names = new NameSet(_body);
        var cut = new Cut(End);
        _pointer.Push();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            _spliced.BeginMember(ref cut, Start);
            var key = node.Key is null ? default : NameText.Unescape(_reader.ValueSpan);
            Fate fate;
            if (!Name(ref names, out _))
            {
                _reader.Skip();
                fate = Fate.Refused;
            }
            else if (node.Key is not null && !IsKey(node.Key, key))
            {
                fate = Refuse(InputRule.Type, $"As a key, must be {node.Key.Wanted}.");
                _reader.Skip();
            }
            else
            {
                fate = Value(item);
            }

            if (_stopped) return Fate.Refused;
            _spliced.EndMember(ref cut, End, fate == Fate.Kept);
        }

        _pointer.Pop();
        _depth--;
        return Fate.Kept;
    }

    private static bool IsKey(Scalars.Scalar key, ReadOnlySpan<byte> text)
    {
        Span<byte> scratch = stackalloc byte[Scalars.Scalar.ScratchBytes];
        return !text.IsEmpty && key.ReadText(text, scratch, out var canonical) == Scalars.ScalarReading.Good
            && (key is Scalars.EnumScalar || canonical.SequenceEqual(text));
    }

    /// <summary>The member that a name means. Members mostly come in the order in which the type has them.</summary>
    private readonly int IndexOf(ObjectNode node, ref int next)
    {
        var members = node.Members;
        if (next < members.Length && !_reader.ValueIsEscaped && _reader.ValueSpan.SequenceEqual(members[next].Utf8Name)) return next++;
        var index = node.Find(NameText.Unescape(_reader.ValueSpan));
        if (index >= 0) next = index + 1;
        return index;
    }

    /// <summary>Reads a name that is data, or is not known, and goes on to its value.</summary>
    /// <returns>False after an error: the value is to be skipped.</returns>
    private bool Name(ref NameSet names, out byte first)
    {
        var start = Start + 1;
        var raw = _reader.ValueSpan;
        first = raw.IsEmpty ? (byte)0 : NameText.Unescape(raw)[0];
        _pointer.SetMember(start, raw.Length);
        var fault = _reader.ValueIsEscaped ? EscapedText.Check(raw) : EscapedText.Fault.None;
        var good = true;
        if (fault != EscapedText.Fault.None)
        {
            Refuse(InputRule.Text, fault == EscapedText.Fault.Nul ? Wording.NulInName : Wording.SurrogateInName);
            good = false;
        }
        else if (names.Count >= _maxMembers)
        {
            RefuseMembers();
            good = false;
        }
        else if (!names.Add(start, raw.Length))
        {
            Refuse(InputRule.Duplicate, Wording.Duplicate);
            good = false;
        }

        _reader.Read();
        return good;
    }

    /// <summary>Nobody reads on in such a body.</summary>
    private Fate RefuseMembers()
    {
        _pointer.Pop();
        Refuse(InputRule.Members, $"Must not have more than {_maxMembers} members.");
        _stopped = true;
        return Fate.Refused;
    }

    private void RefuseMissing(Member[] members, scoped ReadOnlySpan<ulong> seen)
    {
        for (var i = 0; i < members.Length && !_stopped; i++)
        {
            if (!members[i].IsRequired || ((seen[i >> 6] >> (i & 63)) & 1) != 0) continue;
            _pointer.SetMember(members[i].Name);
            Refuse(InputRule.Required, Wording.Missing);
        }
    }
}
