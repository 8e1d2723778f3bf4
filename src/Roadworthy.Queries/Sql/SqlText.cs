namespace Roadworthy.Queries.Sql;

/// <summary>One statement of a text.</summary>
/// <param name="Fingerprint">What it has in common with those that differ in values only.</param>
/// <param name="Literals">A hash of the literals that it holds, keyed anew in every process.</param>
/// <param name="HasPlaceholders">Whether some of its values are parameters.</param>
internal sealed record SqlStatement(Fingerprint Fingerprint, int Literals, bool HasPlaceholders);

/// <summary>A text that was sent to PostgreSQL, cut into its statements. What was read once is remembered, as much as is bounded.</summary>
internal sealed class SqlText
{
    /// <summary>Of a longer text no more than this is looked at, in characters: scripts and generated inserts are not worth more.</summary>
    public const int MaxRead = 32 * 1024;

    private const int ByReference = 1_024;
    private const int MaxRemembered = 2_000;
    private const int MaxRememberedLength = 8_000;

    private static readonly SqlText?[] Seen = new SqlText?[ByReference];
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, SqlText> Remembered = new(StringComparer.Ordinal);

    private readonly string _sql;

    private SqlText(string sql)
    {
        _sql = sql;
        Statements = SqlNormalizer.Read(sql);
    }

    /// <summary>None for a text of nothing but blanks and comments.</summary>
    public SqlStatement[] Statements { get; }

    public static SqlText Of(string sql)
    {
        // EF Core, Dapper and constants in code send the very same string again and again: comparing references spares reading it.
        ref var seen = ref Seen[System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(sql) & (ByReference - 1)];
        var known = Volatile.Read(ref seen);
        if (known is not null && ReferenceEquals(known._sql, sql)) return known;
        var found = sql.Length <= MaxRememberedLength ? Remember(sql) : new(sql);
        // The cache holds the string that it was asked for: else an equal one would never be found by its reference.
        Volatile.Write(ref seen, ReferenceEquals(found._sql, sql) ? found : new(sql, found));
        return found;
    }

    private SqlText(string sql, SqlText equal) => (_sql, Statements) = (sql, equal.Statements);

    private static SqlText Remember(string sql)
    {
        if (Remembered.TryGetValue(sql, out var known)) return known;
        // Texts with values in them are new each time, and would fill any memory.
        if (Remembered.Count >= MaxRemembered) Remembered.Clear();
        return Remembered[sql] = new(sql);
    }
}
