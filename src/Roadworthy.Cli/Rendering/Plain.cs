using System.Globalization;

namespace Roadworthy.Cli.Rendering;

/// <summary>What files and backends say, as one line that can't move the cursor, colour the terminal or turn the text round.</summary>
internal static class Plain
{
    private const int Longest = 240;

    public static string Of(string text)
    {
        var plain = string.Concat(text.Select(character => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format ? ' ' : character));
        return plain.Length > Longest ? $"{plain[..Longest]}…" : plain;
    }

    /// <summary>The same for several lines.</summary>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(Of));
}
