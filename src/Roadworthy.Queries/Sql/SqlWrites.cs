namespace Roadworthy.Queries.Sql;

/// <summary>Tells what a statement does by its words: those in literals, comments and quoted names are not among its tokens' words.</summary>
internal static class SqlWrites
{
    private static readonly string[] Control =
    [
        "BEGIN", "START", "COMMIT", "ROLLBACK", "END", "ABORT", "SAVEPOINT", "RELEASE", "SET", "RESET", "DISCARD", "DEALLOCATE", "LISTEN", "UNLISTEN",
    ];

    /// <summary>About the session or a transaction, and not about data.</summary>
    public static bool IsControl(ReadOnlySpan<char> sql, List<SqlToken> tokens)
    {
        foreach (var word in Control)
        {
            if (Is(sql, tokens, 0, word)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether it changes data, in a common table expression as well. The words are columns' names too, so their place decides: at the beginning, behind
    /// a bracket, or behind EXPLAIN's words; SELECT ... FOR UPDATE and ON CONFLICT DO UPDATE are neither. What a function does that it calls, nobody sees.
    /// </summary>
    public static bool IsWrite(ReadOnlySpan<char> sql, List<SqlToken> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Kind == SqlTokenKind.Word && BeginsStatement(sql, tokens, at) && Writes(sql, tokens, at)) return true;
        }

        return false;
    }

    public static bool Is(ReadOnlySpan<char> sql, List<SqlToken> tokens, int at, string word) =>
        at >= 0 && at < tokens.Count && tokens[at].Kind == SqlTokenKind.Word
        && sql.Slice(tokens[at].Start, tokens[at].Length).Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool BeginsStatement(ReadOnlySpan<char> sql, List<SqlToken> tokens, int at)
    {
        if (at == 0) return true;
        var before = tokens[at - 1];
        if (before.Kind == SqlTokenKind.Symbol) return sql[before.Start] is '(' or ')';
        return Is(sql, tokens, at - 1, "ANALYZE") || Is(sql, tokens, at - 1, "VERBOSE");
    }

    private static bool Writes(ReadOnlySpan<char> sql, List<SqlToken> tokens, int at) =>
        (Is(sql, tokens, at, "INSERT") && Is(sql, tokens, at + 1, "INTO"))
        || (Is(sql, tokens, at, "MERGE") && Is(sql, tokens, at + 1, "INTO"))
        || (Is(sql, tokens, at, "DELETE") && Is(sql, tokens, at + 1, "FROM"))
        || (Is(sql, tokens, at, "UPDATE") && at + 1 < tokens.Count && tokens[at + 1].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName)
        || (at == 0 && (Is(sql, tokens, at, "TRUNCATE") || Is(sql, tokens, at, "CREATE") || Is(sql, tokens, at, "ALTER") || Is(sql, tokens, at, "DROP")))
        || (at == 0 && Is(sql, tokens, at, "COPY") && CopiesIn(sql, tokens));

    // COPY table (columns) FROM; COPY (query) TO.
    private static bool CopiesIn(ReadOnlySpan<char> sql, List<SqlToken> tokens)
    {
        var depth = 0;
        for (var at = 1; at < tokens.Count; at++)
        {
            if (tokens[at].Kind == SqlTokenKind.Symbol) depth += sql[tokens[at].Start] switch { '(' => 1, ')' => -1, _ => 0 };
            else if (depth == 0 && Is(sql, tokens, at, "FROM")) return true;
            else if (depth == 0 && Is(sql, tokens, at, "TO")) return false;
        }

        return false;
    }
}
