namespace Roadworthy.Queries.Sql;

/// <summary>Lists of values, which are as long as the data is.</summary>
internal static class SqlLists
{
    /// <summary>Whether the token is the bracket of <c>IN (</c> or <c>ARRAY[</c>.</summary>
    public static bool OpensList(ReadOnlySpan<char> sql, List<SqlToken> tokens, int at) =>
        at > 0 && ((Is(sql, tokens, at, '(') && SqlWrites.Is(sql, tokens, at - 1, "IN")) || (Is(sql, tokens, at, '[') && SqlWrites.Is(sql, tokens, at - 1, "ARRAY")));

    /// <summary>The bracket that closes a list of nothing but literals and parameters; 0 where the list holds anything else.</summary>
    public static int EndOfList(ReadOnlySpan<char> sql, List<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var at = open; at < tokens.Count; at++)
        {
            // Rows in the list, as in (a, b) IN ((1, 2), (3, 4)), have brackets of their own.
            if (Is(sql, tokens, at, '(') || Is(sql, tokens, at, '[')) depth++;
            else if (Is(sql, tokens, at, ')') || Is(sql, tokens, at, ']')) depth--;
            else if (tokens[at].Kind is not (SqlTokenKind.Literal or SqlTokenKind.Placeholder) && !Is(sql, tokens, at, ',') && !Is(sql, tokens, at, '-')) return 0;
            if (depth == 0) return at > open + 1 ? at : 0;
        }

        return 0;
    }

    /// <summary>Where the token ends the first row of <c>VALUES</c>: the end of the last one. Else 0.</summary>
    public static int EndOfValues(ReadOnlySpan<char> sql, List<SqlToken> tokens, int at)
    {
        if (!Is(sql, tokens, at, ')') || at + 2 >= tokens.Count || !Is(sql, tokens, at + 1, ',') || !Is(sql, tokens, at + 2, '(')) return 0;
        if (!SqlWrites.Is(sql, tokens, OpeningOf(sql, tokens, at) - 1, "VALUES")) return 0;
        var end = at;
        while (end + 2 < tokens.Count && Is(sql, tokens, end + 1, ',') && Is(sql, tokens, end + 2, '('))
        {
            var close = ClosingOf(sql, tokens, end + 2);
            if (close == 0) break;
            end = close;
        }

        return end;
    }

    private static int OpeningOf(ReadOnlySpan<char> sql, List<SqlToken> tokens, int close)
    {
        var depth = 0;
        for (var at = close; at >= 0; at--)
        {
            if (Is(sql, tokens, at, ')')) depth++;
            else if (Is(sql, tokens, at, '(') && --depth == 0) return at;
        }

        return 0;
    }

    private static int ClosingOf(ReadOnlySpan<char> sql, List<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var at = open; at < tokens.Count; at++)
        {
            if (Is(sql, tokens, at, '(')) depth++;
            else if (Is(sql, tokens, at, ')') && --depth == 0) return at;
        }

        return 0;
    }

    private static bool Is(ReadOnlySpan<char> sql, List<SqlToken> tokens, int at, char symbol) =>
        tokens[at].Kind == SqlTokenKind.Symbol && sql[tokens[at].Start] == symbol;
}
