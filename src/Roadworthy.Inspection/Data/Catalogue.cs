namespace Roadworthy.Inspection.Data;

/// <summary>The tables of a database, the system's and the bookkeeping of migrations left out.</summary>
internal sealed class Catalogue(IReadOnlyList<Table> tables)
{
    public IReadOnlyList<Table> Tables => tables;

    public Table? Find(string schema, string name) => tables.FirstOrDefault(table => table.Schema == schema && table.Name == name);

    /// <summary>The tables that refer to one, each with the key by which it does.</summary>
    public IEnumerable<(Table Child, ForeignKey Key)> ChildrenOf(Table parent) =>
        tables.SelectMany(table => table.ForeignKeys.Where(key => key.TargetSchema == parent.Schema && key.TargetTable == parent.Name).Select(key => (table, key)));
}

internal sealed record Table(string Schema, string Name)
{
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>The primary key's columns, in order; empty where there is none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>The columns of each unique index that holds for all rows, the primary key's left out.</summary>
    public IReadOnlyList<UniqueKey> Uniques { get; init; } = [];

    public IReadOnlyList<ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>The first columns of every index: what is not among them is searched row by row.</summary>
    public IReadOnlyList<string> IndexedColumns { get; init; } = [];

    /// <summary>CHECK constraints, as SQL.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    public long EstimatedRows { get; init; }

    public string Quoted => $"{Sql.Quote(Schema)}.{Sql.Quote(Name)}";

    public Column? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    public override string ToString() => Schema == "public" ? Name : $"{Schema}.{Name}";
}

/// <param name="Type">As SQL writes it: <c>character varying(50)</c>.</param>
/// <param name="Category">As pg_type has it: S string, N number, B boolean, D date, E enum, U user's, A array.</param>
/// <param name="Default">As SQL, or null.</param>
/// <param name="Sequence">That its default takes, as an argument for nextval, or null.</param>
/// <param name="Generated">Computed from others, or GENERATED ALWAYS: never written.</param>
/// <param name="MaxLength">Of a string; null for any.</param>
/// <param name="Labels">Of an enum.</param>
internal sealed record Column(string Name, string Type, char Category, bool Nullable, string? Default, string? Sequence, bool Generated, int? MaxLength, IReadOnlyList<string> Labels)
{
    /// <summary>Computed from others; an identity, which is given where nothing is, is not.</summary>
    public bool Computed { get; init; }

    public bool IsUuid => Type == "uuid";

    public bool IsText => Category == 'S';

    public string Quoted => Sql.Quote(Name);
}

/// <param name="Columns">In order; an expression's is empty.</param>
/// <param name="HasExpression">Some of it is an expression, such as lower(email).</param>
internal sealed record UniqueKey(string Name, IReadOnlyList<string> Columns, bool HasExpression, bool IsPartial);

/// <param name="Columns">Here, in order.</param>
/// <param name="TargetColumns">There, in order.</param>
internal sealed record ForeignKey(string Name, IReadOnlyList<string> Columns, string TargetSchema, string TargetTable, IReadOnlyList<string> TargetColumns);
