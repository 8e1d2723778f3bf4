using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Data;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>
/// Makes states comparable that differ in what each run makes anew: ids, tokens, times. Two deltas have one signature where a renaming of such values turns the
/// one into the other.
/// </summary>
/// <param name="catalogue">Along whose foreign keys numbers are the same thing.</param>
/// <param name="stoodBefore">Whether a column, by its number in its table, had a value in the snapshot.</param>
internal sealed partial class StateSignatures(Catalogue catalogue, Func<Table, int, string, bool> stoodBefore)
{
    private const int Refinements = 2;
    private const int LongestKeyChain = 5;

    private readonly HashSet<(string Table, int Column)> _volatile = [];

    public StateSignatures(DatabaseState state)
        : this(state.Catalogue, new SnapshotValues(state).Contains)
    {
    }

    public bool IsVolatile(Table table, int column) => _volatile.Contains((table.Quoted, column));

    /// <summary>Two runs of the same: what they filled differently is new in each run.</summary>
    public void Learn(StateDelta one, StateDelta other)
    {
        foreach (var delta in one.Tables)
        {
            if (other.Of(delta.Table) is not { } twin) continue;
            for (var column = 0; column < delta.Table.Columns.Count; column++)
                if (!Values(delta, column).SequenceEqual(Values(twin, column), StringComparer.Ordinal)) _volatile.Add((delta.Table.Quoted, column));
        }
    }

    /// <summary>Alike for states that nobody could tell apart.</summary>
    public string Of(StateDelta delta)
    {
        var rows = delta.Tables.SelectMany(table => table.Added.Select(row => new AddedRow(table.Table, row))).ToList();
        var classes = Classes(rows);
        for (var n = 0; n < Refinements; n++) Refine(rows, classes);
        var lines = rows.Select(row => $"+{row.Table.Quoted} {row.Label}")
            .Concat(delta.Tables.SelectMany(table => table.Removed.Select(row => $"-{table.Table.Quoted} {Hash(string.Join('\u0001', row.Select(value => value is null ? "n" : "t" + value)))}")));
        return Hash(string.Join('\n', lines.Order(StringComparer.Ordinal)));
    }

    /// <summary>Gives each row a first label of what stays, and collects where the same new value stands.</summary>
    private Dictionary<string, List<(int Row, int Column)>> Classes(List<AddedRow> rows)
    {
        var classes = new Dictionary<string, List<(int, int)>>(StringComparer.Ordinal);
        for (var at = 0; at < rows.Count; at++)
        {
            var row = rows[at];
            var label = new StringBuilder(row.Table.Quoted);
            for (var column = 0; column < row.Values.Length; column++)
            {
                label.Append('|').Append(LabelOf(row, column, out var isNew));
                if (isNew && !Time().IsMatch(row.Values[column]!) && Domain(row.Table, column) is { } domain) Add(classes, $"{domain}\u0003{row.Values[column]}", (at, column));
            }

            row.Label = Hash(label.ToString());
        }

        return classes;
    }

    private string LabelOf(AddedRow row, int column, out bool isNew)
    {
        isNew = false;
        if (row.Values[column] is not { } value) return "(null)";
        if (!IsVolatile(row.Table, column)) return "t" + value;
        if (stoodBefore(row.Table, column, value)) return "=" + value;
        isNew = true;
        return "*";
    }

    /// <summary>A row's label takes in with which others it shares its new values.</summary>
    private static void Refine(List<AddedRow> rows, Dictionary<string, List<(int Row, int Column)>> classes)
    {
        var shared = rows.Select(_ => new List<string>()).ToList();
        foreach (var places in classes.Values)
        {
            var label = Hash(string.Join(',', places.Select(place => $"{rows[place.Row].Label}:{place.Column}").Order(StringComparer.Ordinal)));
            foreach (var (row, column) in places) shared[row].Add($"{column}={label}");
        }

        for (var at = 0; at < rows.Count; at++) rows[at].Next = Hash($"{rows[at].Label};{string.Join(';', shared[at].Order(StringComparer.Ordinal))}");
        foreach (var row in rows) row.Label = row.Next;
    }

    /// <summary>Within which values are the same thing; null for times, which are alike by chance. A number is one only along foreign keys.</summary>
    private string? Domain(Table table, int at)
    {
        var column = table.Columns[at];
        if (column.Category is 'D' or 'T') return null;
        if (column.Category != 'N') return "";
        var (own, name) = (table, column.Name);
        for (var n = 0; n < LongestKeyChain; n++)
        {
            var key = own.ForeignKeys.FirstOrDefault(each => each.Columns.Contains(name, StringComparer.Ordinal));
            if (key is null || catalogue.Find(key.TargetSchema, key.TargetTable) is not { } target) break;
            (own, name) = (target, key.TargetColumns[key.Columns.ToList().IndexOf(name)]);
        }

        return $"{own.Quoted}.{name}";
    }

    /// <summary>Where a time is kept as a number or a text.</summary>
    [GeneratedRegex(@"^(?:\d{4}-\d\d-\d\d[ T]|1[6-9]\d{8}(?:\d{3})?$)")]
    private static partial Regex Time();

    private static IEnumerable<string> Values(TableDelta delta, int column) => delta.Added.Select(row => row[column] ?? "\u0002").Order(StringComparer.Ordinal);

    private static void Add(Dictionary<string, List<(int, int)>> classes, string key, (int, int) place)
    {
        if (!classes.TryGetValue(key, out var places)) classes[key] = places = [];
        places.Add(place);
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 12);

    private sealed class AddedRow(Table table, string?[] values)
    {
        public Table Table { get; } = table;

        public string?[] Values { get; } = values;

        public string Label { get; set; } = "";

        public string Next { get; set; } = "";
    }
}
