using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Data;

public sealed class GrowthTests(Database databases)
{
    private const string Shop = """
        CREATE TYPE state AS ENUM ('open', 'closed');
        CREATE TABLE users (id serial PRIMARY KEY, email varchar(40) NOT NULL, name text NOT NULL, manager_id int REFERENCES users (id));
        CREATE UNIQUE INDEX ON users (lower(email));
        CREATE TABLE products (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), sku varchar(12) NOT NULL UNIQUE, price numeric NOT NULL CHECK (price > 0), search text GENERATED ALWAYS AS (lower(sku)) STORED);
        CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int NOT NULL REFERENCES users (id), state state NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE order_items (order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE, product_id uuid NOT NULL REFERENCES products (id), quantity int NOT NULL, PRIMARY KEY (order_id, product_id));
        CREATE TABLE ranges (id int PRIMARY KEY, during int4range NOT NULL UNIQUE);
        CREATE TABLE empty (id int PRIMARY KEY);
        INSERT INTO users (email, name) VALUES ('Ada@example.com', 'Ada'), ('b@example.com', 'B');
        INSERT INTO products (sku, price) VALUES ('SKU-1', 5), ('SKU-2', 7);
        INSERT INTO orders (user_id, state) VALUES (1, 'open'), (1, 'closed');
        INSERT INTO order_items SELECT o.id, p.id, 2 FROM orders o, products p WHERE p.sku = 'SKU-1';
        INSERT INTO ranges VALUES (1, '[1,2)');
        """;

    [Fact]
    public async Task Lists_and_their_children_grow_and_every_constraint_holds()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, Shop);
        var grown = await Growth.GrowAsync(database, new GrowthTarget { Rows = 30, Children = 3 }, TestContext.Current.CancellationToken);
        var sizes = grown.ToDictionary(each => each.Table.Name, each => each.After);
        Assert.Equal((30L, 30L), (sizes["users"], sizes["products"]));
        // Who had orders has a list of them now, everybody else a few; each has items.
        Assert.Equal(30L, await Database.ScalarAsync(database, "SELECT count(*) FROM orders WHERE user_id = 1"));
        Assert.Equal(30L + 29 * 3, sizes["orders"]);
        // Products have random keys: one that an order has already is not taken again.
        Assert.InRange((long)(await Database.ScalarAsync(database, "SELECT min(n) FROM (SELECT count(i.order_id) n FROM orders o LEFT JOIN order_items i ON i.order_id = o.id GROUP BY o.id) x"))!, 2, 3);
        // The application can go on.
        await Database.ScalarAsync(database, "INSERT INTO users (email, name) VALUES ('next@example.com', 'n'); INSERT INTO orders (user_id, state) VALUES (1, 'open')");
    }

    [Fact]
    public async Task What_could_not_be_grown_says_why()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, Shop);
        var grown = (await Growth.GrowAsync(database, new GrowthTarget(), TestContext.Current.CancellationToken)).ToDictionary(each => each.Table.Name);
        Assert.Contains("empty", grown["empty"].Reason, StringComparison.Ordinal);
        Assert.Contains("during", grown["ranges"].Reason, StringComparison.Ordinal);
        Assert.Null(grown["orders"].Reason);
    }

    [Fact]
    public async Task A_second_growth_goes_on_from_the_first_and_a_bound_holds()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, Shop);
        await Growth.GrowAsync(database, new GrowthTarget { Rows = 10, Children = 2 }, TestContext.Current.CancellationToken);
        var grown = await Growth.GrowAsync(database, new GrowthTarget { Rows = 40, Children = 4, MostRows = 60 }, TestContext.Current.CancellationToken);
        Assert.Equal(40, grown.Single(each => each.Table.Name == "users").After);
        Assert.Equal(60, grown.Single(each => each.Table.Name == "orders").After);
    }

    [Fact]
    public async Task The_catalogue_knows_keys_checks_and_what_is_indexed()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, Shop + "CREATE TABLE schema_migrations (version text)");
        var catalogue = await CatalogueReader.ReadAsync(database, TestContext.Current.CancellationToken);
        Assert.Equal(["empty", "order_items", "orders", "products", "ranges", "users"], catalogue.Tables.Select(table => table.Name));
        var orders = catalogue.Find("public", "orders")!;
        Assert.Equal(["id"], orders.PrimaryKey);
        Assert.True(orders.Column("id")!.Generated);
        Assert.Equal(["open", "closed"], orders.Column("state")!.Labels);
        Assert.Equal(("users", "user_id"), (orders.ForeignKeys[0].TargetTable, orders.ForeignKeys[0].Columns[0]));
        Assert.DoesNotContain("user_id", orders.IndexedColumns);
        var unique = Assert.Single(catalogue.Find("public", "users")!.Uniques);
        Assert.True(unique.HasExpression);
        Assert.Equal(["email"], unique.Columns);
        Assert.Equal(40, catalogue.Find("public", "users")!.Column("email")!.MaxLength);
    }

    [Fact]
    public async Task An_account_is_made_active_and_an_administrators_in_whatever_way_its_table_has()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, """
            CREATE TABLE roles (id int PRIMARY KEY, name text); INSERT INTO roles VALUES (1, 'Admin'), (2, 'User');
            CREATE TABLE accounts (id int PRIMARY KEY, email text, password_hash text, "emailConfirmed" bool DEFAULT false, verified_at timestamptz, status text DEFAULT 'pending' CHECK (status IN ('pending', 'active')), role_id int DEFAULT 2 REFERENCES roles, is_staff bool DEFAULT false);
            INSERT INTO accounts (id, email) VALUES (1, 'rw@example.com'), (2, 'other@example.com');
            """);
        var identity = new Roadworthy.Inspection.Driving.Identity { Name = "A", Credentials = { ["email"] = "RW@example.com" } };
        var rows = new AccountRows(database);
        Assert.Contains("status", await rows.ActivateAsync(identity, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.NotNull(await rows.PromoteAsync(identity, TestContext.Current.CancellationToken));
        Assert.Equal(1L, await Database.ScalarAsync(database, "SELECT count(*) FROM accounts WHERE id = 1 AND \"emailConfirmed\" AND verified_at IS NOT NULL AND status = 'active' AND role_id = 1 AND is_staff"));
        Assert.Equal(1L, await Database.ScalarAsync(database, "SELECT count(*) FROM accounts WHERE id = 2 AND NOT \"emailConfirmed\" AND role_id = 2"));
    }
}
