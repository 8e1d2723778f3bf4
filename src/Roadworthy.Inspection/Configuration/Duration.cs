using System.Globalization;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Configuration;

/// <summary>A span of time as people write it: <c>60s</c>, <c>5m</c>, <c>90</c> (seconds).</summary>
internal static partial class Duration
{
    public const string Pattern = "^[1-9][0-9]{0,5}(s|m|h)?$";

    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        if (!Form().IsMatch(text)) return false;
        var number = int.Parse(text.TrimEnd('s', 'm', 'h'), CultureInfo.InvariantCulture);
        span = text[^1] switch { 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), _ => TimeSpan.FromSeconds(number) };
        return span <= TimeSpan.FromDays(1);
    }

    [GeneratedRegex(Pattern)]
    private static partial Regex Form();
}
