namespace Roadworthy.Queries.Sql;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A keyword or a name.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A string, in whatever quotes, or a number.</summary>
    Literal,

    /// <summary><c>$1</c>, <c>@name</c>, <c>:name</c>.</summary>
    Placeholder,

    /// <summary>Any other character.</summary>
    Symbol,
}

/// <summary>A piece of SQL, by its place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="IsSpaced">Whether blanks or a comment stand before it.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length, bool IsSpaced);

/// <summary>
/// Cuts SQL into pieces as PostgreSQL's own scanner does, as far as literals, comments and names go
/// (https://www.postgresql.org/docs/current/sql-syntax-lexical.html). Takes whatever it is given: what is not closed ends with the text.
/// </summary>
internal ref struct SqlScanner(ReadOnlySpan<char> sql)
{
    private readonly ReadOnlySpan<char> _sql = sql;
    private int _at;

    public SqlToken Read()
    {
        var isSpaced = SkipBlanks();
        var start = _at;
        if (start >= _sql.Length) return new(SqlTokenKind.End, start, 0, isSpaced);
        var kind = ReadKind();
        return new(kind, start, _at - start, isSpaced);
    }

    private readonly char Next(int ahead = 1) => _at + ahead < _sql.Length ? _sql[_at + ahead] : '\0';

    private bool SkipBlanks()
    {
        var from = _at;
        while (_at < _sql.Length)
        {
            if (char.IsWhiteSpace(_sql[_at])) _at++;
            else if (_sql[_at] == '-' && Next() == '-') SkipLine();
            else if (_sql[_at] == '/' && Next() == '*') SkipComment();
            else break;
        }

        return _at > from;
    }

    private void SkipLine()
    {
        var end = _sql[_at..].IndexOfAny('\n', '\r');
        _at = end < 0 ? _sql.Length : _at + end;
    }

    // Comments nest.
    private void SkipComment()
    {
        var depth = 0;
        do
        {
            if (_sql[_at] == '/' && Next() == '*') (depth, _at) = (depth + 1, _at + 2);
            else if (_sql[_at] == '*' && Next() == '/') (depth, _at) = (depth - 1, _at + 2);
            else _at++;
        }
        while (depth > 0 && _at < _sql.Length);
        _at = Math.Min(_at, _sql.Length);
    }

    private SqlTokenKind ReadKind()
    {
        var first = _sql[_at];
        if (first == '\'') return ReadString(hasEscapes: false);
        if (first == '"') return ReadQuotedName();
        if (IsNameStart(first)) return ReadWord();
        if (char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(Next()))) return ReadNumber();
        if (first == '$') return ReadDollar();
        // Before @ and : stands no other of its kind: '::' is a cast, '@>' and '@@' are operators.
        if (first is '@' or ':' && IsNameStart(Next()) && !(_at > 0 && _sql[_at - 1] == first)) return ReadPlaceholder();
        _at++;
        return SqlTokenKind.Symbol;
    }

    private SqlTokenKind ReadWord()
    {
        var start = _at;
        while (_at < _sql.Length && IsNamePart(_sql[_at])) _at++;
        if (_at >= _sql.Length || _at - start > 2) return SqlTokenKind.Word;
        // E'..', B'..', X'..', N'..' and U&'..'.
        if (_sql[_at] == '\'' && _at - start == 1 && _sql[start] is 'e' or 'E' or 'b' or 'B' or 'x' or 'X' or 'n' or 'N')
            return ReadString(hasEscapes: _sql[start] is 'e' or 'E');
        if (_sql[_at] != '&' || Next() != '\'' || _at - start != 1 || _sql[start] is not ('u' or 'U')) return SqlTokenKind.Word;
        _at++;
        return ReadString(hasEscapes: false);
    }

    private SqlTokenKind ReadString(bool hasEscapes)
    {
        for (_at++; _at < _sql.Length; _at++)
        {
            if (hasEscapes && _sql[_at] == '\\') _at++;
            else if (_sql[_at] == '\'' && Next() == '\'') _at++;
            else if (_sql[_at] == '\'') break;
        }

        _at = Math.Min(_at + 1, _sql.Length);
        return SqlTokenKind.Literal;
    }

    private SqlTokenKind ReadQuotedName()
    {
        for (_at++; _at < _sql.Length; _at++)
        {
            if (_sql[_at] == '"' && Next() == '"') _at++;
            else if (_sql[_at] == '"') break;
        }

        _at = Math.Min(_at + 1, _sql.Length);
        return SqlTokenKind.QuotedName;
    }

    private SqlTokenKind ReadNumber()
    {
        while (_at < _sql.Length)
        {
            var current = _sql[_at];
            var isExponentSign = current is '+' or '-' && _sql[_at - 1] is 'e' or 'E' && char.IsAsciiDigit(Next());
            if (!char.IsAsciiLetterOrDigit(current) && current is not ('.' or '_') && !isExponentSign) break;
            _at++;
        }

        return SqlTokenKind.Literal;
    }

    private SqlTokenKind ReadDollar()
    {
        if (char.IsAsciiDigit(Next()))
        {
            for (_at++; _at < _sql.Length && char.IsAsciiDigit(_sql[_at]);) _at++;
            return SqlTokenKind.Placeholder;
        }

        // $$..$$ and $tag$..$tag$.
        var tag = 1;
        while (IsNamePart(Next(tag)) && Next(tag) != '$') tag++;
        if (Next(tag) != '$')
        {
            _at++;
            return SqlTokenKind.Symbol;
        }

        var quote = _sql.Slice(_at, tag + 1);
        var body = _at + quote.Length;
        var end = _sql[body..].IndexOf(quote, StringComparison.Ordinal);
        _at = end < 0 ? _sql.Length : body + end + quote.Length;
        return SqlTokenKind.Literal;
    }

    private SqlTokenKind ReadPlaceholder()
    {
        for (_at++; _at < _sql.Length && IsNamePart(_sql[_at]);) _at++;
        return SqlTokenKind.Placeholder;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c > '\x7f';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c == '$';
}
