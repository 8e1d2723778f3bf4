using Storefront.Tests.Support;

namespace Storefront.Tests.Input.Mutations;

/// <summary>The rows of a moment, to go back to: what requests add makes the ones after them slower.</summary>
internal sealed class StartingPoint
{
    private readonly string _connection;

    private StartingPoint(string connection) => _connection = connection;

    public static async Task<StartingPoint> TakeAsync(string connection)
    {
        await Sql.ExecuteAsync(
            connection, "CREATE SCHEMA kept; CREATE TABLE kept.ids AS SELECT id FROM users UNION SELECT id FROM products UNION SELECT id FROM orders; CREATE TABLE kept.products AS SELECT * FROM products");
        return new(connection);
    }

    public Task GoBackAsync() => Sql.ExecuteAsync(
        _connection,
        """
        DELETE FROM order_items WHERE order_id NOT IN (SELECT id FROM kept.ids);
        DELETE FROM orders WHERE id NOT IN (SELECT id FROM kept.ids);
        DELETE FROM products WHERE id NOT IN (SELECT id FROM kept.ids);
        DELETE FROM users WHERE id NOT IN (SELECT id FROM kept.ids);
        DELETE FROM log_in_attempts;
        UPDATE products SET stock = kept.stock FROM kept.products kept WHERE kept.id = products.id
        """);
}
