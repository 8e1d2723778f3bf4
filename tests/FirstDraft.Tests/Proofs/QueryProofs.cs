using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Proofs;

/// <summary>Work that grows with the data, counted by PostgreSQL.</summary>
internal static class QueryProofs
{
    private const string UnindexedForeignKeys =
        """
        SELECT c.conrelid::regclass || '.' || a.attname
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
        ORDER BY 1
        """;

    public static readonly Dictionary<string, Proof> All = new(StringComparer.Ordinal)
    {
        ["Q1"] = new(Dashboard, OrderList),
        ["Q2"] = new(Reviews, TicketList),
        ["Q3"] = new(ForeignKeys, OtherForeignKeys),
        ["Q4"] = new(ReadProduct, ReadTicket),
        ["Q5"] = new(OrderOfManyLines),
    };

    private static async Task<Sighting> Dashboard(Instance instance)
    {
        await Sql.ExecuteAsync(instance.Database, "INSERT INTO users (email, password_hash, name, age) SELECT 'many' || n || '@example.com', '', 'Many', 30 FROM generate_series(1, 30) n");
        return await GrowthAsync(instance, [5, 10, 20], limit => $"/api/dashboard?limit={limit}", instance.AdminToken);
    }

    private static async Task<Sighting> OrderList(Instance instance)
    {
        var (person, sku) = (await instance.NewPersonAsync(), await instance.NewProductAsync(100));
        for (var n = 0; n < 6; n++) await instance.NewOrderAsync(person, sku, 1);
        return await GrowthAsync(instance, [1, 3, 6], limit => $"/api/orders?limit={limit}", person.Token);
    }

    private static async Task<Sighting> GrowthAsync(Instance instance, int[] sizes, Func<int, string> path, string token)
    {
        var counts = new List<long>();
        foreach (var size in sizes) counts.Add(await Statements.CountAsync(instance, () => instance.SendAsync("GET", path(size), token: token)));
        var slopes = Enumerable.Range(1, sizes.Length - 1).Select(n => (double)(counts[n] - counts[n - 1]) / (sizes[n] - sizes[n - 1])).ToList();
        return new($"{string.Join(", ", sizes)} rows: {string.Join(", ", counts)} statements", slopes.TrueForAll(slope => slope == 1), slopes.TrueForAll(slope => slope == 0));
    }

    private static async Task<Sighting> Reviews(Instance instance)
    {
        var sku = await instance.NewProductAsync(1);
        await Sql.ExecuteAsync(instance.Database,
            "INSERT INTO reviews (product_id, user_id, rating, text) SELECT p.id, (SELECT id FROM users LIMIT 1), 4, 'Fine' FROM products p, generate_series(1, 300) WHERE p.sku = $1", sku);
        var count = (await instance.SendAsync("GET", $"/api/products/{sku}/reviews?limit=10")).Required().ItemCount;
        return new($"{count} of 300", count == 300, count == 10);
    }

    private static async Task<Sighting> TicketList(Instance instance)
    {
        var person = await instance.NewPersonAsync();
        await Sql.ExecuteAsync(instance.Database,
            "INSERT INTO tickets (user_id, reference, subject, priority) SELECT u.id, n::text, 's', 1 FROM users u, generate_series(1, 300) n WHERE u.email = $1", person.Email);
        var count = (await instance.SendAsync("GET", "/api/tickets", token: person.Token)).Required().ItemCount;
        return new($"{count} of 300", count == 300, count < 300);
    }

    private static async Task<Sighting> ForeignKeys(Instance instance)
    {
        var bare = await Sql.ColumnAsync<string>(instance.Database, UnindexedForeignKeys);
        return new(string.Join(", ", bare), bare is ["order_items.order_id", "order_items.product_id"], bare is []);
    }

    private static async Task<Sighting> OtherForeignKeys(Instance instance)
    {
        var bare = await Sql.ColumnAsync<string>(instance.Database, UnindexedForeignKeys);
        var others = bare.Where(column => !column.StartsWith("order_items.", StringComparison.Ordinal)).ToList();
        return new(string.Join(", ", bare), others.Count > 0, others.Count == 0);
    }

    private static async Task<Sighting> ReadProduct(Instance instance) => await WritesAsync(instance, $"/api/products/{await instance.NewProductAsync(1)}", null);

    private static async Task<Sighting> ReadTicket(Instance instance)
    {
        var person = await instance.OwnerAsync();
        var made = (await instance.SendAsync("POST", "/api/tickets", instance.NewTicket(), person.Token)).Required();
        return await WritesAsync(instance, $"/api/tickets/{made.Json["id"]}", person.Token);
    }

    private static async Task<Sighting> WritesAsync(Instance instance, string path, string? token)
    {
        var writes = await Statements.CountAsync(instance, async () => (await instance.SendAsync("GET", path, token: token)).Required(), "UPDATE%");
        return new($"{writes} UPDATE", writes == 1, writes == 0);
    }

    private static async Task<Sighting> OrderOfManyLines(Instance instance)
    {
        var person = await instance.OwnerAsync();
        var (two, six) = (await CountAsync(2), await CountAsync(6));
        return new($"2 lines: {two} statements, 6 lines: {six}", six - two >= 3 * 4, six == two);

        async Task<long> CountAsync(int lines)
        {
            var items = new List<object>();
            for (var n = 0; n < lines; n++) items.Add(new { sku = await instance.NewProductAsync(10), quantity = 1 });
            return await Statements.CountAsync(instance, async () => (await instance.SendAsync("POST", "/api/orders", new { items }, person.Token)).Required());
        }
    }
}
