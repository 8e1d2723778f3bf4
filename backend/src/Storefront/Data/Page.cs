namespace Storefront.Data;

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Next">What to pass as <c>after</c> for the page behind this one; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    /// <summary>A page from a query that asked for one row more than the page holds: the extra row says that there is more.</summary>
    public static Page<T> From<T>(List<T> rows, int limit, Func<T, Guid> id)
    {
        if (rows.Count <= limit) return new(rows, null);
        rows.RemoveRange(limit, rows.Count - limit);
        return new(rows, new Cursor(id(rows[^1])).ToString());
    }
}
