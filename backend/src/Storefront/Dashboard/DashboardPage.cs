using System.Buffers;
using System.Runtime.InteropServices;

namespace Storefront.Dashboard;

/// <summary>
/// A page while it is read: every row already as its piece of JSON, chained to its parent. Rows may come in any order, which
/// spares PostgreSQL a sort of the two large tables.
/// </summary>
internal sealed class DashboardPage(int limit) : IDisposable
{
    private const int None = -1;

    private readonly List<Piece> _users = new(limit + 1);
    private readonly List<Piece> _orders = new(limit * 8);
    private readonly List<Piece> _items = new(limit * 24);
    private readonly Dictionary<Guid, int> _userAt = new(limit + 1);
    private readonly Dictionary<Guid, int> _orderAt = new(limit * 8);

    /// <summary>Where the pieces are written. Start one, write it, then add it.</summary>
    public JsonBytes Json { get; } = new(limit * 4096);

    /// <summary>The cursor of the page behind this one; null on the last page.</summary>
    public string? Next { get; set; }

    public int Users => _users.Count;

    public void AddUser(Guid id, int start)
    {
        _userAt.Add(id, _users.Count);
        _users.Add(new(start, Json.Length - start));
    }

    public void AddOrder(Guid id, Guid user, int start)
    {
        // Committed between the statements of the batch: its user is not on this page.
        if (!_userAt.TryGetValue(user, out var parent)) return;
        _orderAt.Add(id, _orders.Count);
        _orders.Add(new(start, Json.Length - start) { Key = id });
        Chain(_users, parent, _orders);
    }

    public void AddItem(Guid order, short line, int start)
    {
        if (!_orderAt.TryGetValue(order, out var parent)) return;
        _items.Add(new(start, Json.Length - start) { Line = line });
        Chain(_orders, parent, _items);
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.Write("{\"users\":["u8);
        for (var at = 0; at < _users.Count; at++)
        {
            if (at > 0) output.Write(","u8);
            Write(output, _users[at]);
            output.Write(",\"orders\":["u8);
            for (var order = _users[at].First; order != None; order = _orders[order].Sibling)
            {
                if (order != _users[at].First) output.Write(","u8);
                Write(output, _orders[order]);
                output.Write(",\"items\":["u8);
                for (var item = _orders[order].First; item != None; item = _items[item].Sibling)
                {
                    if (item != _orders[order].First) output.Write(","u8);
                    Write(output, _items[item]);
                    output.Write("}"u8);
                }

                output.Write("]}"u8);
            }

            output.Write("]}"u8);
        }

        output.Write("],\"next\":"u8);
        if (Next is null) output.Write("null}"u8);
        else output.Write(System.Text.Encoding.UTF8.GetBytes($"\"{Next}\"}}"));
    }

    public void Dispose() => Json.Dispose();

    private void Write(IBufferWriter<byte> output, Piece piece) => output.Write(Json.Span(piece.Start, piece.Length));

    // Puts the newest child where its key belongs. Children mostly come in order, so that the walk is short.
    private static void Chain(List<Piece> parents, int parent, List<Piece> children)
    {
        var at = children.Count - 1;
        var child = children[at];
        var above = parents[parent];
        if (above.First == None)
        {
            parents[parent] = above with { First = at, Last = at };
            return;
        }

        if (children[above.Last].Order(child) <= 0)
        {
            children[above.Last] = children[above.Last] with { Sibling = at };
            parents[parent] = above with { Last = at };
            return;
        }

        var before = None;
        var next = above.First;
        while (next != None && children[next].Order(child) <= 0) (before, next) = (next, children[next].Sibling);
        children[at] = child with { Sibling = next };
        if (before == None) parents[parent] = above with { First = at };
        else children[before] = children[before] with { Sibling = at };
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Piece(int Start, int Length)
    {
        public Guid Key { get; init; }

        public short Line { get; init; }

        public int First { get; init; } = None;

        public int Last { get; init; } = None;

        public int Sibling { get; init; } = None;

        public int Order(Piece other) => Line != other.Line ? Line.CompareTo(other.Line) : Key.CompareTo(other.Key);
    }
}
