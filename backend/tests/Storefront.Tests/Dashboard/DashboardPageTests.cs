using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.ObjectPool;
using Storefront.Dashboard;

namespace Storefront.Tests.Dashboard;

public sealed class DashboardPageTests
{
    private static readonly ObjectPool<DashboardPage> Pool = DashboardPool.Create();
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 40).Select(n => new Guid($"{n * 0x0700_0000 % 0x7fff_ffff:x8}-0000-7000-8000-{n:x12}"))];

    [Fact]
    public void Rows_in_any_order_make_the_page_that_rows_in_order_make() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var users = Ids[..random.Next(1, 6)];
            var orders = Ids[6..(6 + random.Next(1, 12))].Select(id => (Id: id, User: users[random.Next(users.Length)])).ToArray();
            var items = orders.SelectMany(order => Enumerable.Range(0, random.Next(0, 6)).Select(line => (Order: order.Id, Line: (short)line))).ToArray();
            var inOrder = Written(users, orders.OrderBy(order => order.Id), items);
            random.Shuffle(orders);
            random.Shuffle(items);
            return string.Equals(inOrder, Written(users, orders, items), StringComparison.Ordinal);
        }));

    [Fact]
    public void Orders_come_by_id_as_PostgreSQL_sorts_it_and_items_by_line()
    {
        var (first, second) = (new Guid("01000000-0000-7000-8000-0000000000ff"), new Guid("f1000000-0000-7000-8000-000000000001"));
        var page = Written([Ids[0]], [(second, Ids[0]), (first, Ids[0])], [(first, 2), (second, 0), (first, 10), (first, 0)]);
        var orders = JsonElement.Parse(page).GetProperty("users")[0].GetProperty("orders").EnumerateArray().ToList();
        Assert.Equal($"{first} {second}", string.Join(' ', orders.Select(order => order.GetProperty("id").GetString())));
        Assert.Equal("0 2 10", string.Join(' ', orders[0].GetProperty("items").EnumerateArray().Select(item => item.GetProperty("line").GetInt32())));
    }

    [Fact]
    public void Rows_whose_parent_is_not_on_the_page_are_left_out()
    {
        var page = Written([Ids[0]], [(Ids[8], Ids[0]), (Ids[9], Ids[1])], [(Ids[9], 0), (Ids[8], 0), (Ids[10], 0)]);
        Assert.Equal(Written([Ids[0]], [(Ids[8], Ids[0])], [(Ids[8], 0)]), page);
    }

    [Fact]
    public void A_page_without_anybody_is_a_page() => Assert.Equal("""{"users":[],"next":null}""", Written([], [], []));

    [Fact]
    public void Text_is_escaped_so_that_it_reads_as_it_was() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text =>
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var json = new JsonBytes();
            json.Raw("\""u8);
            json.Text(utf8);
            json.Raw("\""u8);
            return JsonElement.Parse(json.Written.Span).ValueEquals(Encoding.UTF8.GetString(utf8));
        }));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void Numbers_and_ids_are_written_whole_also_where_the_buffer_has_to_grow(long number)
    {
        var json = new JsonBytes();
        for (var n = 0; n < 1_000; n++) json.Number(number);
        json.Id(Ids[0]);
        var text = Encoding.ASCII.GetString(json.Written.Span);
        Assert.Equal(string.Concat(Enumerable.Repeat(number.ToString(CultureInfo.InvariantCulture), 1_000)) + Ids[0], text);
    }

    private static string Written(IEnumerable<Guid> users, IEnumerable<(Guid Id, Guid User)> orders, IEnumerable<(Guid Order, short Line)> items)
    {
        // Often one that was used before: nothing of that may show.
        using var page = Pool.Get();
        foreach (var user in users) page.AddUser(user, Piece(page, $"{{\"id\":\"{user}\""));
        foreach (var (id, user) in orders) page.AddOrder(id, user, Piece(page, $"{{\"id\":\"{id}\""));
        foreach (var (order, line) in items) page.AddItem(order, line, Piece(page, $"{{\"line\":{line}"));
        return Encoding.UTF8.GetString(page.Assemble().Span);
    }

    private static int Piece(DashboardPage page, string json)
    {
        var start = page.Json.Length;
        page.Json.Raw(Encoding.UTF8.GetBytes(json));
        return start;
    }
}
