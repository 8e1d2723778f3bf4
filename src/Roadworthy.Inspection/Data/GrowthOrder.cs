namespace Roadworthy.Inspection.Data;

/// <summary>Parents before their children; in a circle of keys, by name.</summary>
internal static class GrowthOrder
{
    public static IReadOnlyList<Table> Of(Catalogue catalogue)
    {
        var (done, order) = (new HashSet<Table>(), new List<Table>());
        var waiting = catalogue.Tables.OrderBy(table => table.ToString(), StringComparer.Ordinal).ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.FirstOrDefault(table => table.ForeignKeys.All(key => catalogue.Find(key.TargetSchema, key.TargetTable) is not { } parent || parent == table || done.Contains(parent))) ?? waiting[0];
            waiting.Remove(next);
            done.Add(next);
            order.Add(next);
        }

        return order;
    }

    /// <summary>The key by which a row is part of something: whose name its table's begins with, else one that is needed; null for what hangs under nothing.</summary>
    public static ForeignKey? MainParent(Catalogue catalogue, Table table)
    {
        var keys = table.ForeignKeys.Where(key => catalogue.Find(key.TargetSchema, key.TargetTable) is { } parent && parent != table).ToList();
        return keys.OrderByDescending(key => SharesName(table.Name, key.TargetTable)).ThenByDescending(key => key.Columns.All(column => table.Column(column) is { Nullable: false })).ThenByDescending(key => IsPeople(key.TargetTable)).FirstOrDefault(key => key.Columns.All(column => table.Column(column) is { Nullable: false }) || SharesName(table.Name, key.TargetTable) || IsPeople(key.TargetTable));
    }

    private static bool SharesName(string child, string parent)
    {
        var singular = Driving.Names.KindOf(parent);
        return singular.Length > 2 && Driving.Names.Plain(child).StartsWith(singular, StringComparison.Ordinal);
    }

    private static bool IsPeople(string table) => Driving.Names.KindOf(table) is "user" or "account" or "customer" or "member" or "person" or "appuser" or "authuser" or "aspnetuser";
}
