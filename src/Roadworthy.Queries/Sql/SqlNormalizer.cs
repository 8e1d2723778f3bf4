using System.Text;

namespace Roadworthy.Queries.Sql;

/// <summary>
/// Cuts a text into its statements, and takes out of each what changes from one call to the next: literals and parameters become <c>?</c>, comments
/// go, lists of values in <c>IN</c>, <c>ARRAY</c> and <c>VALUES</c> are shortened to one.
/// </summary>
internal static class SqlNormalizer
{
    public static SqlStatement[] Read(string sql)
    {
        var text = sql.AsSpan(0, Math.Min(sql.Length, SqlText.MaxRead));
        var scanner = new SqlScanner(text);
        var (statements, tokens, depth) = (new List<SqlStatement>(1), new List<SqlToken>(), 0);
        while (true)
        {
            var token = scanner.Read();
            var symbol = token.Kind == SqlTokenKind.Symbol ? text[token.Start] : '\0';
            depth += symbol switch { '(' => 1, ')' => -1, _ => 0 };
            if (token.Kind == SqlTokenKind.End || (symbol == ';' && depth <= 0))
            {
                if (tokens.Count > 0) statements.Add(Finish(text, tokens));
                if (token.Kind == SqlTokenKind.End) return [.. statements];
                tokens.Clear();
                depth = 0;
            }
            else
            {
                tokens.Add(token);
            }
        }
    }

    private static SqlStatement Finish(ReadOnlySpan<char> sql, List<SqlToken> tokens)
    {
        var (literals, hasLiterals, hasPlaceholders) = (default(HashCode), false, false);
        foreach (var token in tokens)
        {
            hasPlaceholders |= token.Kind == SqlTokenKind.Placeholder;
            if (token.Kind != SqlTokenKind.Literal) continue;
            hasLiterals = true;
            literals.Add(string.GetHashCode(sql.Slice(token.Start, token.Length), StringComparison.Ordinal));
        }

        var text = Write(sql, tokens);
        return new(new(text, SqlWrites.IsWrite(sql, tokens), SqlWrites.IsControl(sql, tokens)), hasLiterals ? literals.ToHashCode() : 0, hasPlaceholders);
    }

    private static string Write(ReadOnlySpan<char> sql, List<SqlToken> tokens)
    {
        var text = new StringBuilder();
        for (var n = 0; n < tokens.Count; n++)
        {
            var token = tokens[n];
            if (token.IsSpaced && text.Length > 0) text.Append(' ');
            if (token.Kind is SqlTokenKind.Literal or SqlTokenKind.Placeholder) text.Append('?');
            else text.Append(sql.Slice(token.Start, token.Length));
            if (SqlLists.EndOfValues(sql, tokens, n) is var end and > 0) n = end;
            else if (SqlLists.OpensList(sql, tokens, n) && SqlLists.EndOfList(sql, tokens, n) is var close and > 0)
            {
                text.Append('?');
                n = close - 1;
            }
        }

        return text.ToString();
    }
}
