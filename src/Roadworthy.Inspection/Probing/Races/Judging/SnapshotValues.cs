using Roadworthy.Inspection.Data;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Which values a snapshot's columns had; a column is looked through when it is first asked for.</summary>
internal sealed class SnapshotValues(DatabaseState state)
{
    private readonly Dictionary<(string Table, int Column), HashSet<string>> _known = [];

    public bool Contains(Table table, int column, string value)
    {
        if (!_known.TryGetValue((table.Quoted, column), out var values))
            _known[(table.Quoted, column)] = values = state.RowsOf(table).Select(row => row[column]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return values.Contains(value);
    }
}
