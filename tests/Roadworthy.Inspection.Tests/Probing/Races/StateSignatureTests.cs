using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Probing.Races;

namespace Roadworthy.Inspection.Tests.Probing.Races;

public sealed class StateSignatureTests
{
    private static readonly Table Orders = new("public", "orders") { Columns = [Number("id"), Text("reference"), Number("total"), Time("created_at")], PrimaryKey = ["id"] };

    private static readonly Table Items = new("public", "items")
    {
        Columns = [Number("id"), Number("order_id"), Number("quantity")],
        PrimaryKey = ["id"],
        ForeignKeys = [new ForeignKey("items_order", ["order_id"], "public", "orders", ["id"])],
    };

    [Fact]
    public void A_state_is_the_same_under_any_renaming_of_its_ids_that_keeps_them_apart() => Prop.ForAll(Shop(), shop =>
    {
        var signatures = Learned();
        return signatures.Of(Delta(shop, id => id + 100)) == signatures.Of(Delta(shop, id => (id * 7919) + 13));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_state_is_the_same_in_whatever_order_its_rows_are_read() => Prop.ForAll(Shop(), shop =>
    {
        var signatures = Learned();
        var delta = Delta(shop, id => id + 100);
        var reversed = new StateDelta([.. delta.Tables.Reverse().Select(table => new TableDelta(table.Table, [.. table.Added.Reverse()], [.. table.Removed.Reverse()]))]);
        return signatures.Of(delta) == signatures.Of(reversed);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_state_is_another_one_where_one_quantity_is() => Prop.ForAll(Shop(), shop =>
    {
        if (shop.Sum(order => order.Length) == 0) return true;
        var at = Array.FindIndex(shop, order => order.Length > 0);
        var other = shop.Select((order, n) => n == at ? [order[0] + 1, .. order[1..]] : order).ToArray();
        var signatures = Learned();
        return signatures.Of(Delta(shop, id => id + 100)) != signatures.Of(Delta(other, id => id + 100));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_item_under_another_order_is_another_state_though_every_column_holds_the_same_values()
    {
        var signatures = Learned();
        // Two items in one order and one in the other; or the other way round, with the quantities kept.
        Assert.NotEqual(signatures.Of(Delta([[1, 2], [3]], id => id + 100)), signatures.Of(Delta([[1], [2, 3]], id => id + 100)));
        Assert.Equal(signatures.Of(Delta([[1, 2], [3]], id => id + 100)), signatures.Of(Delta([[3], [1, 2]], id => id + 100)));
    }

    [Fact]
    public void A_reference_to_what_stood_before_stays_what_it_is()
    {
        var signatures = Learned();
        Assert.NotEqual(signatures.Of(Item(orderId: "1")), signatures.Of(Item(orderId: "2")));
        Assert.NotEqual(signatures.Of(Item(orderId: "1")), signatures.Of(Item(orderId: "777")));
        Assert.Equal(signatures.Of(Item(orderId: "777")), signatures.Of(Item(orderId: "778")));
    }

    [Fact]
    public void A_row_that_is_gone_is_compared_exactly()
    {
        var signatures = Learned();
        Assert.NotEqual(signatures.Of(Removed("1")), signatures.Of(Removed("2")));
        Assert.NotEqual(signatures.Of(Removed("1")), signatures.Of(StateDelta.None));
    }

    [Fact]
    public void Times_are_never_taken_for_the_same_thing()
    {
        var signatures = Learned();
        Assert.Equal(signatures.Of(TwoOrders("10:00:00", "10:00:00")), signatures.Of(TwoOrders("10:00:00", "10:00:07")));
    }

    /// <summary>Two runs that differ in ids and times, and in nothing else. Orders 1 and 2 stood before.</summary>
    private static StateSignatures Learned()
    {
        var signatures = new StateSignatures(new Catalogue([Items, Orders]), (table, column, value) => table == Orders && column == 0 ? value is "1" or "2" : table == Items && column == 1 && value is "1" or "2");
        signatures.Learn(Delta([[5], [6]], id => id + 10, "09:00:00"), Delta([[5], [6]], id => id + 40, "09:00:01"));
        return signatures;
    }

    private static StateDelta Delta(int[][] shop, Func<int, int> id, string time = "12:00:00")
    {
        var item = 0;
        var orders = shop.Select((quantities, n) => new[] { Plain(id(n)), "r", Plain(quantities.Sum()), $"2026-01-01 {time}.{n}" }).ToList<string?[]>();
        var items = shop.SelectMany((quantities, n) => quantities.Select(quantity => new[] { Plain(id(1000 + item++)), Plain(id(n)), Plain(quantity) })).ToList<string?[]>();
        return new StateDelta([new TableDelta(Items, items, []), new TableDelta(Orders, orders, [])]);
    }

    private static StateDelta Item(string orderId) => new([new TableDelta(Items, [["900", orderId, "1"]], [])]);

    private static StateDelta Removed(string id) => new([new TableDelta(Orders, [], [[id, "r", "5", "2026-01-01 00:00:00"]])]);

    private static StateDelta TwoOrders(string one, string other) => new([new TableDelta(Orders, [["801", "r", "5", $"2026-01-01 {one}"], ["802", "r", "5", $"2026-01-01 {other}"]], [])]);

    private static Arbitrary<int[][]> Shop() => Gen.Choose(1, 5).ArrayOf().Where(items => items.Length < 5).ArrayOf().Where(orders => orders.Length < 6).ToArbitrary();

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Column Number(string name) => new(name, "integer", 'N', false, null, null, false, null, []);

    private static Column Text(string name) => new(name, "text", 'S', false, null, null, false, null, []);

    private static Column Time(string name) => new(name, "timestamp with time zone", 'D', false, null, null, false, null, []);
}
