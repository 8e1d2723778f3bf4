using System.Globalization;
using FirstDraft.Services;

namespace FirstDraft.Tickets;

/// <summary>page and limit of a list. Anything else than whole numbers in their range is refused.</summary>
public sealed record BoundedPage(int Page, int Limit)
{
    public const int MaxPage = 1_000_000;

    public int Offset => (Page - 1) * Limit;

    public static BoundedPage Read(string? page, string? limit, int maxLimit = 100) =>
        new(Read("page", page, 1, MaxPage), Read("limit", limit, 20, maxLimit));

    private static int Read(string name, string? text, int fallback, int max)
    {
        if (string.IsNullOrEmpty(text)) return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= max
            ? value
            : throw new ApiException(400, $"query:{name} has to be a whole number from 1 to {max}");
    }
}
