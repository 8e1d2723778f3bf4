using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>Whose a row is: by what refers to the table of the users, or is called so.</summary>
internal sealed class Owners
{
    private static readonly string[] OwnerNames = ["user", "owner", "customer", "account", "author", "member", "profile", "createdby", "creator", "seller", "client"];

    /// <summary>Keep who did it, and not whose it is.</summary>
    private static readonly string[] Bookkeeping = ["createdby", "updatedby", "modifiedby", "creator", "deletedby", "approvedby", "assignee", "assignedto", "reviewer"];

    private readonly Bench _bench;
    private readonly Table? _users;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public Owners(Bench bench, IEnumerable<Identity> people)
    {
        _bench = bench;
        foreach (var person in people)
        {
            if (Find(person) is not { } found) continue;
            (_users, _ids[person.Name]) = found;
        }
    }

    public Table? Users => _users;

    /// <summary>As the database has it; null where the person's row was not found.</summary>
    public string? IdOf(Identity person) => _ids.GetValueOrDefault(person.Name);

    /// <summary>The columns that say whose a row is.</summary>
    public IEnumerable<Column> ColumnsOf(Table table) => ColumnsOf(table, _users);

    /// <summary>Those that refer to the table of the users; and those that are called so, where nothing declares that they refer to another: a book's author need be no user.</summary>
    public static IEnumerable<Column> ColumnsOf(Table table, Table? users)
    {
        var keys = table.ForeignKeys.Where(key => users is not null && key.TargetSchema == users.Schema && key.TargetTable == users.Name && key.Columns.Count == 1).Select(key => key.Columns[0]).ToHashSet(StringComparer.Ordinal);
        var referring = table.ForeignKeys.SelectMany(key => key.Columns).ToHashSet(StringComparer.Ordinal);
        return table.Columns.Where(column => keys.Contains(column.Name) || (!referring.Contains(column.Name) && IsCalledOwner(column) && column.Category is not ('B' or 'D')));
    }

    /// <summary>Whether a column tells who may change a row, rather than who wrote it last.</summary>
    public static bool IsOwning(Column column) => !Bookkeeping.Contains(Plain(column.Name), StringComparer.Ordinal);

    /// <summary>Whether a column's name says whose a row is: no client is to choose that, as it may choose who a task is given to.</summary>
    public static bool IsOwnersName(Column column) => IsCalledOwner(column) && IsOwning(column);

    /// <summary>The row of a thing: of the table that is called as its kind is, else of any that has such a key.</summary>
    public (Table Table, string?[] Row)? RowOf(string kind, string value)
    {
        var isTelling = value.Length >= 16;
        foreach (var table in _bench.Catalogue.Tables.Where(table => isTelling || Names.KindOf(table.Name) == kind).OrderByDescending(table => Names.KindOf(table.Name) == kind))
        {
            var keys = KeysOf(table);
            if (_bench.RowsOf(table).FirstOrDefault(row => keys.Any(at => row[at] == value)) is { } found) return (table, found);
        }

        return null;
    }

    /// <summary>Whether a row is the person's, by itself or by what it hangs under; null where nothing tells whose it is.</summary>
    public bool? IsOf(Identity person, Table table, string?[] row, bool owningOnly = false)
    {
        if (IdOf(person) is not { } id) return null;
        if (_users is not null && table.Quoted == _users.Quoted) return KeysOf(table).Any(at => row[at] == id);
        var columns = ColumnsOf(table).Where(column => !owningOnly || IsOwning(column)).ToList();
        if (columns.Count > 0) return columns.Any(column => row[At(table, column)] == id);
        foreach (var key in table.ForeignKeys.Where(key => key.Columns.Count == 1))
        {
            if (_bench.Catalogue.Find(key.TargetSchema, key.TargetTable) is not { } parent || parent.Quoted == table.Quoted || !ColumnsOf(parent).Any()) continue;
            var (here, there) = (At(table, table.Column(key.Columns[0])!), At(parent, parent.Column(key.TargetColumns[0])!));
            if (_bench.RowsOf(parent).FirstOrDefault(each => each[there] == row[here]) is { } above) return ColumnsOf(parent).Any(column => above[At(parent, column)] == id);
        }

        return null;
    }

    public static int At(Table table, Column column)
    {
        for (var at = 0; at < table.Columns.Count; at++)
            if (table.Columns[at].Name == column.Name) return at;
        return -1;
    }

    /// <summary>The positions of what a row is named by.</summary>
    public static IReadOnlyList<int> KeysOf(Table table) =>
        [.. table.Columns.Select((column, at) => (column, at)).Where(each => (table.PrimaryKey.Count == 1 && table.PrimaryKey[0] == each.column.Name) || table.Uniques.Any(unique => unique.Columns.Count == 1 && unique.Columns[0] == each.column.Name)).Select(each => each.at)];

    private (Table, string)? Find(Identity person)
    {
        var wanted = new[] { person.Credentials.GetValueOrDefault("email"), person.Credentials.GetValueOrDefault("username") }.OfType<string>().ToList();
        foreach (var table in _bench.Catalogue.Tables.Where(table => table.PrimaryKey.Count == 1).OrderByDescending(table => table.Columns.Any(column => Meanings.Of(column.Name, null) is Meaning.Password)).ThenBy(table => table.Name.Length))
        {
            var texts = table.Columns.Select((column, at) => (column, at)).Where(each => each.column.IsText).Select(each => each.at).ToList();
            if (_bench.RowsOf(table).FirstOrDefault(row => texts.Any(at => wanted.Contains(row[at], StringComparer.OrdinalIgnoreCase))) is { } found && found[At(table, table.Column(table.PrimaryKey[0])!)] is { } id) return (table, id);
        }

        return null;
    }

    private static bool IsCalledOwner(Column column) => OwnerNames.Contains(Plain(column.Name), StringComparer.Ordinal);

    private static string Plain(string name)
    {
        var plain = Names.Plain(name);
        return plain.EndsWith("id", StringComparison.Ordinal) && plain.Length > 2 ? plain[..^2] : plain.EndsWith("uuid", StringComparison.Ordinal) && plain.Length > 4 ? plain[..^4] : plain;
    }
}
