using System.Globalization;
using System.Text.Unicode;

namespace Roadworthy.Errors.Json;

/// <summary>
/// Writes one JSON record into a buffer of fixed size. Each value is written whole, cut with a marker, or left out;
/// every opened bracket has its closing byte set aside, so the record is valid and within bounds whatever it is given.
/// </summary>
internal sealed class RecordWriter(int maxBytes)
{
    private const int LongestMarker = 32;
    private static ReadOnlySpan<byte> Tail => ",\"truncated\":true}\n"u8;

    private readonly byte[] _bytes = new byte[maxBytes];
    private int _length;
    private int _limit;
    private int _closers;
    private bool _comma;

    public int MaxBytes => _bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public bool Truncated { get; private set; }

    public int Room => Math.Max(0, _limit - _length - _closers);

    public void Start()
    {
        _bytes[0] = (byte)'{';
        _length = 1;
        _limit = _bytes.Length - Tail.Length;
        _closers = 0;
        _comma = false;
        Truncated = false;
    }

    public void Finish()
    {
        var tail = Truncated ? Tail : "}\n"u8;
        tail.CopyTo(_bytes.AsSpan(_length));
        _length += tail.Length;
    }

    /// <summary>Lets what follows take <paramref name="bytes"/> at most. Give the result to <see cref="Unlimit"/>.</summary>
    public int Limit(int bytes)
    {
        var before = _limit;
        _limit = Math.Min(_limit, _length + _closers + Math.Max(0, bytes));
        return before;
    }

    public void Unlimit(int before) => _limit = before;

    public bool Open(ReadOnlySpan<byte> name, char bracket)
    {
        if (!Begin(name, 2))
        {
            return false;
        }

        _bytes[_length++] = (byte)bracket;
        _closers++;
        _comma = false;
        return true;
    }

    public void Close(char bracket)
    {
        _bytes[_length++] = (byte)bracket;
        _closers--;
        _comma = true;
    }

    public bool Raw(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (!Begin(name, json.Length))
        {
            return false;
        }

        json.CopyTo(_bytes.AsSpan(_length));
        _length += json.Length;
        return true;
    }

    public bool Formatted<T>(ReadOnlySpan<byte> name, T value, ReadOnlySpan<char> format, bool quoted) where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[128];
        var quote = quoted ? 1 : 0;
        text[0] = (byte)'"';
        if (!value.TryFormat(text[quote..^1], out var bytes, format, CultureInfo.InvariantCulture))
        {
            return String(name, Convert.ToString(value, CultureInfo.InvariantCulture), int.MaxValue);
        }

        text[quote + bytes] = (byte)'"';
        return Raw(name, text[..(bytes + (2 * quote))]);
    }

    /// <param name="name">Escaped already; empty inside an array.</param>
    /// <param name="text">As it is.</param>
    /// <param name="most">What its escaped form may take.</param>
    /// <param name="cutBefore">Characters that the caller left out at the end.</param>
    public bool String(ReadOnlySpan<byte> name, ReadOnlySpan<char> text, int most, int cutBefore = 0)
    {
        if (!Begin(name, 2 + (cutBefore > 0 ? LongestMarker : (int)Math.Min(LongestMarker, 6L * text.Length))))
        {
            return false;
        }

        _bytes[_length++] = (byte)'"';
        most = Math.Min(Math.Max(most, 2 * LongestMarker), Room - 1);
        var target = _bytes.AsSpan(_length);
        JsonText.Escape(text, target[..Math.Min(target.Length, most)], out var read, out var written);
        if (read < text.Length || cutBefore > 0)
        {
            Truncated = true;
            var kept = Math.Clamp(most - LongestMarker, 0, target.Length);
            JsonText.Escape(text, target[..kept], out read, out written);
            Utf8.TryWrite(target[written..], CultureInfo.InvariantCulture, $"…[+{(long)text.Length - read + cutBefore} chars]", out var marker);
            written += marker;
        }

        _length += written;
        _bytes[_length++] = (byte)'"';
        return true;
    }

    private bool Begin(ReadOnlySpan<byte> name, int valueBytes)
    {
        if ((_comma ? 1 : 0) + (name.IsEmpty ? 0 : name.Length + 3) + valueBytes > Room)
        {
            Truncated = true;
            return false;
        }

        if (_comma)
        {
            _bytes[_length++] = (byte)',';
        }

        if (!name.IsEmpty)
        {
            _bytes[_length++] = (byte)'"';
            name.CopyTo(_bytes.AsSpan(_length));
            _length += name.Length;
            _bytes[_length++] = (byte)'"';
            _bytes[_length++] = (byte)':';
        }

        _comma = true;
        return true;
    }
}
