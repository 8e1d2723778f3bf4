using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.Bodies;

internal ref partial struct BodyWalk
{
    /// <summary>Longer text is no number, date or UUID; enums have their own limit.</summary>
    private const int LongestEscaped = 512;

    private Fate Text(Slot slot)
    {
        if (_reader.TokenType != JsonTokenType.String) return RefuseKind("text");
        if (!CheckText()) return Fate.Refused;
        if (slot.IsTrimmed) Trim();
        return Fate.Kept;
    }

    /// <summary>What no text may hold can only come by an escape: the bytes themselves were checked before.</summary>
    private bool CheckText()
    {
        if (!_reader.ValueIsEscaped) return true;
        var fault = EscapedText.Check(_reader.ValueSpan);
        if (fault == EscapedText.Fault.None) return true;
        Refuse(InputRule.Text, fault == EscapedText.Fault.Nul ? Wording.Nul : Wording.Surrogate);
        return false;
    }

    private void Trim()
    {
        var raw = _reader.ValueSpan;
        var mayHaveSpace = !raw.IsEmpty && (_reader.ValueIsEscaped || raw[0] <= ' ' || raw[^1] <= ' ' || raw[0] >= 0x80 || raw[^1] >= 0x80);
        if (!mayHaveSpace) return;
        var text = _reader.GetString()!;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length == text.Length) return;
        _spliced.ReplaceQuoted(Start, End, JsonEncodedText.Encode(trimmed).EncodedUtf8Bytes);
    }

    private Fate Single(Slot slot, Scalar scalar)
    {
        Span<byte> scratch = stackalloc byte[Scalar.ScratchBytes];
        switch (_reader.TokenType)
        {
            case JsonTokenType.Number when scalar.TakesNumbers:
                return Settle(scalar, scalar.ReadNumber(_reader.ValueSpan, scratch, out var canonical), canonical, _reader.ValueSpan, Wording.OtherNumber);
            case JsonTokenType.True or JsonTokenType.False when scalar.TakesBooleans:
                return Fate.Kept;
            case JsonTokenType.String:
                return SingleText(slot, scalar, scratch);
            default:
                return RefuseKind(scalar.Wanted, scalar.Rule);
        }
    }

    private Fate SingleText(Slot slot, Scalar scalar, scoped Span<byte> scratch)
    {
        scoped var text = _reader.ValueSpan;
        Span<byte> unescaped = stackalloc byte[_reader.ValueIsEscaped ? LongestEscaped : 0];
        if (_reader.ValueIsEscaped)
        {
            if (!CheckText()) return Fate.Refused;
            if (text.Length > LongestEscaped) return Refuse(scalar.Rule, Wording.Wanted(scalar.Wanted, Wording.OtherText));
            text = unescaped[.._reader.CopyString(unescaped)];
        }

        text = text.Trim(Blank.Bytes);
        if (text.IsEmpty) return Empty(slot);
        var reading = scalar.ReadText(text, scratch, out var canonical);
        return Settle(scalar, reading, canonical, _reader.ValueSpan, Wording.OtherText);
    }

    /// <summary>Writes the canonical form, where it is not what came.</summary>
    private Fate Settle(Scalar scalar, ScalarReading reading, scoped ReadOnlySpan<byte> canonical, scoped ReadOnlySpan<byte> came, string kind)
    {
        switch (reading)
        {
            case ScalarReading.Wrong:
                return Refuse(scalar.Rule, Wording.Wanted(scalar.Wanted, kind));
            case ScalarReading.OutOfRange:
                return Refuse(InputRule.Range, Wording.Wanted(scalar.WantedInRange, Wording.NumberOutOfRange));
        }

        if (scalar.IsQuoted == (_reader.TokenType == JsonTokenType.String) && canonical.SequenceEqual(came)) return Fate.Kept;
        if (scalar.IsQuoted) _spliced.ReplaceQuoted(Start, End, canonical);
        else _spliced.Replace(Start, End, canonical);
        return Fate.Kept;
    }

    /// <summary>An empty form field.</summary>
    private Fate Empty(Slot slot)
    {
        if (!slot.TakesNull) return slot.IsRequired ? Refuse(InputRule.Required, Wording.Empty) : Fate.LeftOut;
        _spliced.Replace(Start, End, "null"u8);
        return Fate.Kept;
    }

    private Fate Base64()
    {
        if (_reader.TokenType != JsonTokenType.String) return RefuseKind("bytes in base64");
        if (!CheckText()) return Fate.Refused;
        var isGood = _reader.ValueIsEscaped ? _reader.TryGetBytesFromBase64(out _) : System.Buffers.Text.Base64.IsValid(_reader.ValueSpan);
        return isGood ? Fate.Kept : Refuse(InputRule.Type, Wording.Wanted("bytes in base64", Wording.OtherText));
    }

    private Fate Converted(Slot slot, ConvertedNode node)
    {
        var start = Start;
        if (node.IsScalar && _reader.TokenType == JsonTokenType.String && !_reader.ValueIsEscaped)
        {
            var text = _reader.ValueSpan.Trim(Blank.Bytes);
            if (text.IsEmpty) return Empty(slot);
            if (text.Length != _reader.ValueSpan.Length)
            {
                byte[] quoted = [(byte)'"', .. text, (byte)'"'];
                if (!Reads(node, quoted)) return Refuse(InputRule.Type, Wording.Wanted(node.Wanted, Wording.OtherText));
                _spliced.Replace(start, End, quoted.AsSpan());
                return Fate.Kept;
            }
        }

        var fate = Any();
        if (fate != Fate.Kept || _stopped) return fate;
        return Reads(node, _body[start..End]) ? Fate.Kept : Refuse(InputRule.Type, Wording.Wanted(node.Wanted, "another value"));
    }

    /// <summary>Asks the converter itself: only it knows.</summary>
    private static bool Reads(ConvertedNode node, ReadOnlySpan<byte> json)
    {
        try
        {
            JsonSerializer.Deserialize(json, node.TypeInfo);
            return true;
        }
#pragma warning disable CA1031 // A converter may throw anything at input that it does not take; the binder would make that a 500.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
