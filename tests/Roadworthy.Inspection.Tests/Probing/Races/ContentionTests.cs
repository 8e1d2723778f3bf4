using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Probing.Races;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Races;

public sealed class ContentionTests(Database databases)
{
    private const string Schema = """
        CREATE TABLE shops (id int PRIMARY KEY);
        CREATE TABLE stock (shop_id int NOT NULL REFERENCES shops (id), sku text NOT NULL, left_over int NOT NULL CHECK (left_over >= 0), seen int NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, sku));
        INSERT INTO shops VALUES (1), (2);
        INSERT INTO stock VALUES (2, 'a', 40), (2, 'b', 40);
        """;

    [Fact]
    public async Task What_is_lowered_in_place_is_left_once_and_nothing_else_is_touched()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, Schema);
        await using var state = await DatabaseState.TakeAsync(database, Token);
        await Database.ScalarAsync(database, "UPDATE stock SET left_over = left_over - 3, seen = seen + 1 WHERE sku = 'a'; UPDATE stock SET shop_id = 1 WHERE sku = 'b'");
        var delta = await state.DeltaAsync(Token);
        await state.RestoreAsync(Token);
        var taken = Assert.Single(Contention.In(delta));
        Assert.Equal(("left_over", 3m), (taken.Table.Columns[taken.Column].Name, taken.By));
        Assert.True(await Contention.MakeScarceAsync(database, [taken], Token));
        Assert.Equal("(2,a,3,0) (2,b,40,0)", await Database.ScalarAsync(database, "SELECT string_agg(s::text, ' ' ORDER BY sku) FROM stock s"));
    }

    [Fact]
    public async Task What_can_be_had_once_only_as_it_is_stays_as_it_is()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, Schema + "UPDATE stock SET left_over = 2;");
        await using var state = await DatabaseState.TakeAsync(database, Token);
        await Database.ScalarAsync(database, "UPDATE stock SET left_over = 0 WHERE sku = 'a'");
        Assert.False(await Contention.MakeScarceAsync(database, Contention.In(await state.DeltaAsync(Token)), Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
