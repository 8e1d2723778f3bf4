using FirstDraft.Services;

namespace FirstDraft.Tickets;

/// <summary>Text that PostgreSQL can hold.</summary>
public static class Text
{
    /// <summary>Whether it has 1 to <paramref name="max"/> characters, not all of them blank, and no NUL.</summary>
    public static bool Fits(string? text, int max) => !string.IsNullOrWhiteSpace(text) && text.Length <= max && IsStorable(text);

    public static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);

    public static string Require(string? text, string field, int max) =>
        Fits(text, max) ? text! : throw new ApiException(400, $"{field} has to be a text of 1 to {max} characters that can be stored");
}
