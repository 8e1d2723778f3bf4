using System.Text;

namespace Storefront.Dashboard;

/// <summary>
/// Users by what the words of their name and address begin with, in any order: <c>ada love</c>, <c>user012</c>, <c>example.com</c>. Answered by an
/// index (the migration Search), however many users there are.
/// </summary>
internal static class DashboardSearch
{
    public const int MaxLength = 100;

    /// <summary>What the index is of: the condition has to be the same text. Cut into words where neither a letter nor a digit stands.</summary>
    public const string Indexed = "to_tsvector('simple', regexp_replace(name || ' ' || email, '[^[:alnum:]]+', ' ', 'g'))";

    private const int MostWords = 8;

    /// <summary>What was typed as a query of PostgreSQL: each word a beginning. Null where there is no word in it.</summary>
    public static string? Words(string? typed)
    {
        if (typed is null) return null;
        var letters = new StringBuilder(typed.Length);
        foreach (var rune in typed.EnumerateRunes()) letters.Append(Rune.IsLetterOrDigit(rune) ? rune.ToString() : " ");
        var words = letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(" & ", words.Take(MostWords).Select(word => $"'{word}':*"));
    }
}
