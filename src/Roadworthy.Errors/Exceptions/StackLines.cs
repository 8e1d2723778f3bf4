namespace Roadworthy.Errors.Exceptions;

/// <summary>The first and the last frames of a stack trace, as ranges of its text.</summary>
internal readonly struct StackLines
{
    public const int MostAtEachEnd = 32;

    private readonly string? _text;
    private readonly Range[]? _lines;

    private StackLines(string text, Range[] lines, int skipped)
    {
        _text = text;
        _lines = lines;
        Skipped = skipped;
    }

    public int Count => _lines?.Length ?? 0;

    /// <summary>Frames left out behind the first <see cref="MostAtEachEnd"/>.</summary>
    public int Skipped { get; }

    public ReadOnlySpan<char> this[int line] => _text.AsSpan()[_lines![line]];

    public static StackLines Parse(string? trace)
    {
        if (string.IsNullOrEmpty(trace))
        {
            return default;
        }

        var text = trace.AsSpan().TrimEnd("\r\n");
        var total = text.Count('\n') + 1;
        var first = Math.Min(total, MostAtEachEnd);
        var last = Math.Min(total - first, MostAtEachEnd);
        var lines = new Range[first + last];
        var start = 0;
        for (var i = 0; i < first; i++)
        {
            var end = text[start..].IndexOf('\n');
            end = end < 0 ? text.Length : start + end;
            lines[i] = Trimmed(text, start, end);
            start = end + 1;
        }

        var stop = text.Length;
        for (var i = lines.Length - 1; i >= first; i--)
        {
            var begin = text[..stop].LastIndexOf('\n') + 1;
            lines[i] = Trimmed(text, begin, stop);
            stop = begin - 1;
        }

        return new StackLines(trace, lines, total - lines.Length);
    }

    private static Range Trimmed(ReadOnlySpan<char> text, int start, int end)
    {
        var line = text[start..end];
        var begin = start + line.Length - line.TrimStart().Length;
        line = line.Trim();
        return line.StartsWith("at ", StringComparison.Ordinal)
            ? new Range(begin + 3, begin + line.Length)
            : new Range(begin, begin + line.Length);
    }
}
