using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Roadworthy.Inspection.Reports.Html;

/// <summary>
/// HTML that is safe to write as it is. Made by interpolation, whose holes are escaped unless they hold markup themselves: what the backend said can't
/// become an element.
/// </summary>
internal readonly record struct Markup(string Value)
{
    public static Markup Empty { get; } = new("");

    public static Markup Of(Handler handler) => new(handler.ToString());

    public static Markup Each<T>(IEnumerable<T> items, Func<T, Markup> one)
    {
        var text = new StringBuilder();
        foreach (var item in items) text.Append(one(item).Value);
        return new(text.ToString());
    }

    public override string ToString() => Value;

    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        private readonly StringBuilder _text;

        public Handler(int literalLength, int formattedCount) => _text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string text) => _text.Append(text);

        public void AppendFormatted(Markup markup) => _text.Append(markup.Value);

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(Visible(text)));

        public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number) => _text.Append(CultureInfo.InvariantCulture, $"{number:0.##}");

        public void AppendFormatted(double number, string format) => _text.Append(number.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();

        // Control characters and turns of direction are shown, not obeyed.
        private static string? Visible(string? text) => text is null || !text.Any(IsHidden)
            ? text
            : string.Concat(text.Select(character => !IsHidden(character) ? character : character < 0x20 ? (char)(0x2400 + character) : '\ufffd'));

        private static bool IsHidden(char character) =>
            (char.IsControl(character) && character is not ('\n' or '\t')) || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
    }
}
