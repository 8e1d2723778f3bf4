using System.Globalization;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Data;

/// <summary>The INSERT that grows one table out of its templates, <c>t</c>; <c>n</c> counts the new rows, <c>p</c> is a row's parent.</summary>
internal sealed class GrowthStatement(Catalogue catalogue, Table table, long offset)
{
    public ForeignKey? Parent { get; } = GrowthOrder.MainParent(catalogue, table);

    private Table ParentTable => catalogue.Find(Parent!.TargetSchema, Parent.TargetTable)!;

    public string ForRoot(GrowthTarget target)
    {
        var missing = Math.Min(target.Rows, target.MostRows) - offset;
        return Insert($"(SELECT t.*, g.n FROM generate_series(1, {Math.Max(missing, 0)}) g(n) CROSS JOIN LATERAL (SELECT * FROM roadworthy_templates OFFSET (g.n - 1) % (SELECT count(*) FROM roadworthy_templates) LIMIT 1) t) t");
    }

    /// <summary>A parent that the application has made gets a whole list, the others a few each. Which ones it has made is seen by their having children.</summary>
    public string ForChildren(GrowthTarget target)
    {
        var keys = Parent!.Columns.Zip(Parent.TargetColumns).ToList();
        var same = string.Join(" AND ", keys.Select(pair => $"c.{Sql.Quote(pair.First)} = p.{Sql.Quote(pair.Second)}"));
        var targets = string.Join(", ", keys.Select((pair, at) => $"p.{Sql.Quote(pair.Second)} AS parent{at}"));
        var isDirect = GrowthOrder.MainParent(catalogue, ParentTable) is null;
        var wanted = isDirect ? $"CASE WHEN count(c.*) > 0 THEN {target.Rows} ELSE {target.Children} END" : target.Children.ToString(CultureInfo.InvariantCulture);
        var source = $"""
            (SELECT t.*, p.*, row_number() OVER () AS n FROM
              (SELECT {targets}, {wanted} - count(c.*) AS missing FROM {ParentTable.Quoted} p LEFT JOIN {table.Quoted} c ON {same} GROUP BY {string.Join(", ", keys.Select(pair => $"p.{Sql.Quote(pair.Second)}"))}) p
              CROSS JOIN LATERAL generate_series(1, greatest(p.missing, 0)) g(i)
              CROSS JOIN LATERAL (SELECT * FROM roadworthy_templates OFFSET (g.i - 1) % (SELECT count(*) FROM roadworthy_templates) LIMIT 1) t
              LIMIT {Math.Max(target.MostRows - offset, 0)}) t
            """;
        return Insert(source);
    }

    /// <summary>A sequence that copies took no values from would give one that is there.</summary>
    public IEnumerable<string> MoveSequences() =>
        table.Columns.Where(column => column.Sequence is not null && column.Category == 'N').Select(column =>
            $"SELECT setval({Sql.Literal(column.Sequence!)}, greatest((SELECT coalesce(max({column.Quoted}), 1) FROM {table.Quoted}), 1))");

    private string Insert(string source)
    {
        var columns = table.Columns.Where(column => !column.Generated).ToList();
        return $"INSERT INTO {table.Quoted} ({string.Join(", ", columns.Select(column => column.Quoted))}) SELECT {string.Join(", ", columns.Select(Value))} FROM {source} ON CONFLICT DO NOTHING";
    }

    private string Value(Column column)
    {
        var copied = $"t.{column.Quoted}";
        if (Parent?.Columns.ToList().IndexOf(column.Name) is >= 0 and var at) return $"t.parent{at}";
        var key = table.ForeignKeys.FirstOrDefault(each => each.Columns.Count == 1 && each.Columns[0] == column.Name);
        var isUnique = NeedsAnother(column);
        // A row of a table between two others is new only by another one on the far side.
        if (key is not null) return isUnique ? Another(key) : copied;
        if (isUnique) return Varied(column);
        if (column.Category == 'D' && Names.Plain(column.Name) is "createdat" or "created" or "createdon" or "updatedat" or "inserteddate" or "createddate" or "placedat" && column.Type.StartsWith("timestamp", StringComparison.Ordinal))
            return $"{copied} - t.n * interval '1 second'";
        return column.IsText && key is null && Meanings.Of(column.Name, null) is Meaning.Title or Meaning.Slug && !table.Checks.Any(check => check.Contains(column.Name, StringComparison.Ordinal)) ? Varied(column) : copied;
    }

    /// <summary>Whether a copy of its value would meet the template's in the primary or another unique key that nothing else makes new.</summary>
    private bool NeedsAnother(Column column)
    {
        foreach (var columns in table.Uniques.Select(unique => unique.Columns).Append(table.PrimaryKey).Where(columns => columns.Contains(column.Name, StringComparer.Ordinal)))
        {
            if (columns.Count == 1) return true;
            // In a key of several the last one that can be varied is: the parent alone does not tell its children apart.
            var free = columns.Where(name => Parent?.Columns.Contains(name, StringComparer.Ordinal) is not true && table.Column(name) is { Generated: false }).ToList();
            if (free.Count > 0 && free[^1] == column.Name) return true;
        }

        return false;
    }

    private string Another(ForeignKey key)
    {
        var target = catalogue.Find(key.TargetSchema, key.TargetTable) ?? table;
        var column = Sql.Quote(key.TargetColumns[0]);
        return $"(SELECT {column} FROM {target.Quoted} ORDER BY {column} OFFSET (t.n % (SELECT count(*) FROM {target.Quoted})) LIMIT 1)";
    }

    private string Varied(Column column)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"(t.n + {offset})");
        if (column.Sequence is { } sequence) return $"nextval({Sql.Literal(sequence)})";
        if (column.IsUuid) return "gen_random_uuid()";
        if (column.Category == 'N') return $"(SELECT coalesce(max({column.Quoted}), 0) FROM {table.Quoted}) + t.n";
        if (column.Category == 'D') return $"t.{column.Quoted} - t.n * interval '1 second'";
        if (column.IsText || column.Type is "citext")
        {
            // What is told from one another without regard to case stays so; a check may want a form, which digits rarely break.
            var text = $"t.{column.Quoted}::text";
            if (Meanings.Of(column.Name, null) is Meaning.Email) return $"CASE WHEN {text} LIKE '%@%' THEN split_part({text}, '@', 1) || '.' || {number} || '@' || split_part({text}, '@', 2) ELSE {text} || {number} END";
            return column.MaxLength is { } most ? $"left({text}, greatest({most} - 8, 0)) || right('-' || {number}, {Math.Min(most, 8)})" : $"{text} || '-' || {number}";
        }

        throw new GrowthException($"Its column {column.Name} ({column.Type}) must be unique, and no way to vary it is known.");
    }
}
