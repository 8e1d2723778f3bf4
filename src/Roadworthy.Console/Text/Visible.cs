using System.Globalization;
using System.Text;

namespace Roadworthy.Console.Text;

/// <summary>Texts that others wrote, made harmless for the eye: what can't be seen is shown, what turns the line round is named, what is long is cut.</summary>
internal static class Visible
{
    /// <summary>A text of one line: line ends are shown as signs.</summary>
    public static string Line(string? text, int most = 300) => Show(text, most, lines: false);

    /// <summary>A text of several lines, such as SQL: line ends and tabs stay.</summary>
    public static string Block(string? text, int most = 8_000) => Show(text, most, lines: true);

    private static string Show(string? text, int most, bool lines)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var cut = text.Length > most;
        var end = cut ? most : text.Length;
        if (!cut && IsPlain(text)) return text;
        var shown = new StringBuilder(end + 32);
        for (var i = 0; i < end; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) shown.Append(c).Append(text[++i]);
            else Append(shown, c, lines);
        }

        if (cut) shown.Append(CultureInfo.InvariantCulture, $"…[+{text.Length - most:N0} characters]");
        return shown.ToString();
    }

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    private static void Append(StringBuilder shown, char c, bool lines)
    {
        if (c is '\n' or '\r' or '\t' && lines)
        {
            if (c != '\r') shown.Append(c);
        }
        else if (c < ' ')
        {
            // U+2400 and on are the signs of the control characters.
            shown.Append((char)('\u2400' + c));
        }
        else if (c == '\u007f')
        {
            shown.Append('\u2421');
        }
        else if (char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned)
        {
            shown.Append(CultureInfo.InvariantCulture, $"‹U+{(int)c:X4}›");
        }
        else
        {
            shown.Append(c);
        }
    }
}
