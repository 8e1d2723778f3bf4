using System.Globalization;

namespace Storefront.Dashboard;

/// <summary>The three statements of a page, each with the id that it starts behind as its parameter.</summary>
internal static class DashboardSql
{
    /// <param name="limit">
    /// How many users. It stands in the text, a number that it is: as a parameter it would be unknown to a prepared statement's plan,
    /// which then visits 5,000 orders one by one, at twice the time for a page of 500.
    /// </param>
    /// <param name="search">Whether the second parameter is what to search for.</param>
    public static string[] Statements(int limit, bool search = false)
    {
        var users = limit.ToString(CultureInfo.InvariantCulture);
        // Materialized: else the planner, which can't tell how rare a word is, would go through all users in their order and cut each into words.
        var with = search
            ? $"WITH found AS MATERIALIZED (SELECT id, name, email, age, created_at FROM users WHERE id > $1 AND {DashboardSearch.Indexed} @@ to_tsquery('simple', $2)) "
            : "";
        var from = search ? "found" : "users WHERE id > $1";
        var page = $"(SELECT id FROM {from} ORDER BY id LIMIT {users}) page";
        return
        [
            // One user more than the page holds says that there is a next one. Passwords and the like are not selected: what is not
            // read can't leak.
            $"{with}SELECT id, name, email, age, created_at FROM {from} ORDER BY id LIMIT {users} + 1",
            // Columns stand in the order in which they are read: going back costs the reader time.
            $"{with}SELECT o.id, o.status, o.total_cents, o.created_at, o.user_id FROM {page} JOIN orders o ON o.user_id = page.id",
            $"{with}SELECT i.sku, i.name, i.quantity, i.unit_price_cents, i.order_id, i.line FROM {page} JOIN orders o ON o.user_id = page.id JOIN order_items i ON i.order_id = o.id",
        ];
    }
}
