using Npgsql;
using NpgsqlTypes;

namespace Storefront.Local.Demo;

/// <summary>Writes the demo rows, parents before children.</summary>
internal static class DemoCopy
{
    public static async Task WriteAsync(NpgsqlConnection connection, int users, CancellationToken cancellationToken)
    {
        await CopyAsync(connection, "users (id, email, normalized_email, email_confirmed, name, age, is_admin, created_at, concurrency_stamp, security_stamp)",
            Enumerable.Range(0, users).Select(DemoRows.User), User, cancellationToken);
        await CopyAsync(connection, "products (id, sku, name, price_cents, stock, created_at)",
            Enumerable.Range(0, DemoRows.Products).Select(DemoRows.Product), Product, cancellationToken);
        await CopyAsync(connection, "orders (id, user_id, status, total_cents, created_at)", Orders(users), Order, cancellationToken);
        await CopyAsync(connection, "order_items (order_id, line, product_id, sku, name, quantity, unit_price_cents)",
            Orders(users).SelectMany(row => row.Order.Items.Select((item, line) => (row.Order.Id, line, item))), Item, cancellationToken);
    }

    private static IEnumerable<(DemoUser User, DemoOrder Order)> Orders(int users) =>
        from n in Enumerable.Range(0, DemoRows.OrdersPerUser)
        from user in Enumerable.Range(0, users)
        select (DemoRows.User(user), DemoRows.Order(user, n, users));

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string target, IEnumerable<T> rows, Action<NpgsqlBinaryImporter, T> write, CancellationToken cancellationToken)
    {
        await using var import = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT binary)", cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            write(import, row);
        }

        await import.CompleteAsync(cancellationToken);
    }

    private static void User(NpgsqlBinaryImporter import, DemoUser user)
    {
        import.Write(user.Id, NpgsqlDbType.Uuid);
        import.Write(user.Email, NpgsqlDbType.Varchar);
        import.Write(user.Email.ToUpperInvariant(), NpgsqlDbType.Varchar);
        import.Write(true, NpgsqlDbType.Boolean);
        import.Write(user.Name, NpgsqlDbType.Varchar);
        import.Write(user.Age, NpgsqlDbType.Integer);
        import.Write(user.IsAdmin, NpgsqlDbType.Boolean);
        import.Write(user.CreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        import.Write(user.Id.ToString(), NpgsqlDbType.Text);
        import.Write(user.Id.ToString("N"), NpgsqlDbType.Text);
    }

    private static void Product(NpgsqlBinaryImporter import, DemoProduct product)
    {
        import.Write(product.Id, NpgsqlDbType.Uuid);
        import.Write(product.Sku, NpgsqlDbType.Varchar);
        import.Write(product.Name, NpgsqlDbType.Varchar);
        import.Write(product.PriceCents, NpgsqlDbType.Integer);
        import.Write(product.Stock, NpgsqlDbType.Integer);
        import.Write(DemoRows.Start.UtcDateTime, NpgsqlDbType.TimestampTz);
    }

    private static void Order(NpgsqlBinaryImporter import, (DemoUser User, DemoOrder Order) row)
    {
        import.Write(row.Order.Id, NpgsqlDbType.Uuid);
        import.Write(row.User.Id, NpgsqlDbType.Uuid);
        import.Write(row.Order.Status, NpgsqlDbType.Varchar);
        import.Write(row.Order.TotalCents, NpgsqlDbType.Bigint);
        import.Write(row.Order.CreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
    }

    private static void Item(NpgsqlBinaryImporter import, (Guid Order, int Line, DemoItem Item) row)
    {
        import.Write(row.Order, NpgsqlDbType.Uuid);
        import.Write((short)row.Line, NpgsqlDbType.Smallint);
        import.Write(row.Item.Product.Id, NpgsqlDbType.Uuid);
        import.Write(row.Item.Product.Sku, NpgsqlDbType.Varchar);
        import.Write(row.Item.Product.Name, NpgsqlDbType.Varchar);
        import.Write(row.Item.Quantity, NpgsqlDbType.Integer);
        import.Write(row.Item.Product.PriceCents, NpgsqlDbType.Integer);
    }
}
