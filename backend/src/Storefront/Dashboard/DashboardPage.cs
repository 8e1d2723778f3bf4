using System.Runtime.InteropServices;
using Microsoft.Extensions.ObjectPool;

namespace Storefront.Dashboard;

/// <summary>
/// A page while it is read: every row already as its piece of JSON, chained to its parent. Rows may come in any order, which
/// spares PostgreSQL a sort of the two large tables. A page of 500 users needs some megabytes: they are kept and used again.
/// </summary>
internal sealed class DashboardPage(ObjectPool<DashboardPage> home) : IDisposable, IResettable
{
    // Twice what 500 users of ten orders need: one huge page must not hold its memory for ever.
    private const int MostKept = 8 * 1024 * 1024;

    private readonly List<Piece> _users = [];
    private readonly List<Piece> _orders = [];
    private readonly List<Piece> _items = [];
    private readonly List<Guid> _orderIds = [];
    private readonly List<short> _lines = [];
    private readonly Dictionary<Guid, int> _userAt = [];
    private readonly Dictionary<Guid, int> _orderAt = [];
    private readonly JsonBytes _answer = new();

    /// <summary>Where the pieces are written. Start one, write it, then add it.</summary>
    public JsonBytes Json { get; } = new();

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
        _orders.Add(new(start, Json.Length - start));
        _orderIds.Add(id);
        Chain(_users, parent, _orders, _orderIds);
    }

    public void AddItem(Guid order, short line, int start)
    {
        if (!_orderAt.TryGetValue(order, out var parent)) return;
        _items.Add(new(start, Json.Length - start));
        _lines.Add(line);
        Chain(_orders, parent, _items, _lines);
    }

    /// <summary>The whole answer, good until the page is disposed.</summary>
    public ReadOnlyMemory<byte> Assemble()
    {
        ReadOnlySpan<Piece> users = CollectionsMarshal.AsSpan(_users), orders = CollectionsMarshal.AsSpan(_orders), items = CollectionsMarshal.AsSpan(_items);
        _answer.Raw("{\"users\":["u8);
        for (var user = 0; user < users.Length; user++)
        {
            if (user > 0) _answer.Raw(","u8);
            Open(users[user], ",\"orders\":["u8);
            for (var order = users[user].First; order != Piece.None; order = orders[order].Sibling)
            {
                if (order != users[user].First) _answer.Raw(","u8);
                Open(orders[order], ",\"items\":["u8);
                for (var item = orders[order].First; item != Piece.None; item = items[item].Sibling)
                {
                    if (item != orders[order].First) _answer.Raw(","u8);
                    Open(items[item], "}"u8);
                }

                _answer.Raw("]}"u8);
            }

            _answer.Raw("]}"u8);
        }

        _answer.Raw("],\"next\":"u8);
        _answer.Raw(Next is null ? "null}"u8 : System.Text.Encoding.UTF8.GetBytes($"\"{Next}\"}}"));
        return _answer.Written;
    }

    public void Dispose() => home.Return(this);

    public bool TryReset()
    {
        _users.Clear();
        _orders.Clear();
        _items.Clear();
        _orderIds.Clear();
        _lines.Clear();
        _userAt.Clear();
        _orderAt.Clear();
        _answer.Clear();
        Json.Clear();
        Next = null;
        return _answer.Capacity <= MostKept && Json.Capacity <= MostKept;
    }

    private void Open(in Piece piece, ReadOnlySpan<byte> then)
    {
        _answer.Copy(Json, piece.Start, piece.Length);
        _answer.Raw(then);
    }

    // Puts the newest child where its key belongs. Children mostly come in order, so that the walk is short.
    private static void Chain<TKey>(List<Piece> parents, int parent, List<Piece> children, List<TKey> keys)
        where TKey : IComparable<TKey>
    {
        ref var above = ref CollectionsMarshal.AsSpan(parents)[parent];
        var pieces = CollectionsMarshal.AsSpan(children);
        var child = pieces.Length - 1;
        var key = keys[child];
        if (above.First == Piece.None)
        {
            above.First = above.Last = child;
        }
        else if (keys[above.Last].CompareTo(key) <= 0)
        {
            pieces[above.Last].Sibling = child;
            above.Last = child;
        }
        else
        {
            var before = Piece.None;
            var next = above.First;
            while (keys[next].CompareTo(key) <= 0) (before, next) = (next, pieces[next].Sibling);
            pieces[child].Sibling = next;
            if (before == Piece.None) above.First = child;
            else pieces[before].Sibling = child;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Piece(int start, int length)
    {
        public const int None = -1;

        public readonly int Start = start;
        public readonly int Length = length;
        public int First = None;
        public int Last = None;
        public int Sibling = None;
    }
}
