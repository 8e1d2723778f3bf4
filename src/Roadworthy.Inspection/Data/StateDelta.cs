namespace Roadworthy.Inspection.Data;

/// <summary>What a database has more and less than at a snapshot, by table. A row that changed is in both.</summary>
/// <param name="Tables">Those that differ, by name.</param>
internal sealed record StateDelta(IReadOnlyList<TableDelta> Tables)
{
    public static StateDelta None { get; } = new([]);

    public bool IsEmpty => Tables.Count == 0;

    public TableDelta? Of(Table table) => Tables.FirstOrDefault(delta => delta.Table.Quoted == table.Quoted);

    /// <summary>Without the tables that are not asked for.</summary>
    public StateDelta Where(Func<TableDelta, bool> isKept) => new([.. Tables.Where(isKept)]);
}

/// <param name="Added">Rows, a text or null for each of the table's columns.</param>
/// <param name="Removed">As <paramref name="Added"/>.</param>
internal sealed record TableDelta(Table Table, IReadOnlyList<string?[]> Added, IReadOnlyList<string?[]> Removed);
