using System.Globalization;

namespace Roadworthy.Console.Text;

/// <summary>Numbers, durations and times as the pages write them: the same for every reader, UTC, and of a width that compares.</summary>
internal static class Figures
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Number(long value) => value.ToString("N0", Culture);

    /// <summary>Short enough for a row: 1,234 · 12.3k · 4.5M.</summary>
    public static string Short(long value) => value switch
    {
        < 10_000 => Number(value),
        < 1_000_000 => string.Create(Culture, $"{value / 1_000.0:0.#}k"),
        < 1_000_000_000 => string.Create(Culture, $"{value / 1_000_000.0:0.#}M"),
        _ => string.Create(Culture, $"{value / 1_000_000_000.0:0.#}G"),
    };

    public static string Duration(TimeSpan time) => time.TotalMilliseconds switch
    {
        <= 0 => "0 ms",
        < 1 => string.Create(Culture, $"{time.TotalMilliseconds:0.00} ms"),
        < 10 => string.Create(Culture, $"{time.TotalMilliseconds:0.0} ms"),
        < 1_000 => string.Create(Culture, $"{time.TotalMilliseconds:0} ms"),
        < 10_000 => string.Create(Culture, $"{time.TotalSeconds:0.00} s"),
        < 100_000 => string.Create(Culture, $"{time.TotalSeconds:0.0} s"),
        _ => string.Create(Culture, $"{time.TotalMinutes:0} min"),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_024 => string.Create(Culture, $"{bytes} B"),
        < 1_048_576 => string.Create(Culture, $"{bytes / 1_024.0:0.#} KB"),
        _ => string.Create(Culture, $"{bytes / 1_048_576.0:0.#} MB"),
    };

    /// <summary>What <c>datetime</c> takes.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", Culture);

    /// <summary>Where no script makes "12 s ago" of it.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", Culture) + " UTC";

    /// <summary>A share of a whole as an SVG length: whole tenths of a percent, 0 to 100.</summary>
    public static string Percent(double share) => string.Create(Culture, $"{Math.Clamp(double.IsFinite(share) ? share * 100 : 0, 0, 100):0.##}%");
}
