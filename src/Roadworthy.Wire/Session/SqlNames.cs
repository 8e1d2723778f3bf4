using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Session;

/// <summary>The names in PREPARE, EXECUTE and DEALLOCATE, hashed as the protocol's names are.</summary>
internal static class SqlNames
{
    /// <summary>The word behind the first; 0 where there is none.</summary>
    public static ulong Second(ReadOnlySpan<byte> sql)
    {
        var lexer = new SqlLexer(sql);
        lexer.Read();
        return lexer.Read() is var token && token is SqlToken.Word or SqlToken.QuotedName ? Hash(token, lexer.Token) : 0;
    }

    /// <summary>The last word; 0 where there is none.</summary>
    public static ulong Last(ReadOnlySpan<byte> sql)
    {
        var lexer = new SqlLexer(sql);
        ulong last = 0;
        while (lexer.Read() is var token and not SqlToken.End) last = token is SqlToken.Word or SqlToken.QuotedName ? Hash(token, lexer.Token) : 0;
        return last;
    }

    /// <summary>What stands behind the first AS.</summary>
    public static ReadOnlySpan<byte> AfterAs(ReadOnlySpan<byte> sql)
    {
        var lexer = new SqlLexer(sql);
        while (lexer.Read() is var token and not SqlToken.End)
        {
            if (token == SqlToken.Word && System.Text.Ascii.EqualsIgnoreCase(lexer.Token, "as"u8)) return sql[lexer.End..];
        }

        return default;
    }

    private static ulong Hash(SqlToken token, ReadOnlySpan<byte> name)
    {
        if (token == SqlToken.QuotedName) return NameTable<PreparedStatement>.Hash(name.Trim((byte)'"'));
        // PostgreSQL folds what is not quoted, and cuts names off at 63 bytes.
        Span<byte> folded = stackalloc byte[63];
        name = name[..Math.Min(name.Length, folded.Length)];
        for (var n = 0; n < name.Length; n++) folded[n] = char.IsAsciiLetterUpper((char)name[n]) ? (byte)(name[n] | 0x20) : name[n];
        return NameTable<PreparedStatement>.Hash(folded[..name.Length]);
    }
}
