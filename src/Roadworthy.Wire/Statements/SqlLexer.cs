namespace Roadworthy.Wire.Statements;

/// <summary>
/// The tokens of SQL as PostgreSQL's own lexer has them, without blanks and comments. Never fails: what is not closed ends with the text.
/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
/// </summary>
/// <param name="sql">UTF-8, or any other encoding whose ASCII bytes are ASCII.</param>
/// <param name="position">Where to begin.</param>
/// <param name="escapesInText">Whether <c>'...'</c> takes backslashes: standard_conforming_strings is off.</param>
internal ref struct SqlLexer(ReadOnlySpan<byte> sql, int position = 0, bool escapesInText = false)
{
    private readonly ReadOnlySpan<byte> _sql = sql;
    private int _at = position;

    /// <summary>Where the token that was read last begins.</summary>
    public int Start { get; private set; }

    /// <summary>Behind the token that was read last.</summary>
    public readonly int End => _at;

    public readonly ReadOnlySpan<byte> Token => _sql[Start.._at];

    public SqlToken Read()
    {
        SkipBlanksAndComments();
        Start = _at;
        if (_at >= _sql.Length) return SqlToken.End;
        var first = _sql[_at];
        if (IsWordStart(first)) return ReadWordOrPrefixedText(first);
        if (char.IsAsciiDigit((char)first)) return ReadNumber();
        switch (first)
        {
            case (byte)'\'':
                return ReadQuoted((byte)'\'', escapesInText, SqlToken.Text);
            case (byte)'"':
                return ReadQuoted((byte)'"', false, SqlToken.QuotedName);
            case (byte)'$':
                return ReadDollar();
            case (byte)'.' when char.IsAsciiDigit((char)Ahead(1)):
                return ReadNumber();
            case (byte)':' when Ahead(1) == (byte)':':
                _at += 2;
                return SqlToken.Cast;
        }

        if (IsOperator(first)) return ReadOperator();
        _at++;
        return first switch
        {
            (byte)'(' => SqlToken.Open,
            (byte)')' => SqlToken.Close,
            (byte)'[' => SqlToken.OpenBracket,
            (byte)']' => SqlToken.CloseBracket,
            (byte)',' => SqlToken.Comma,
            (byte)';' => SqlToken.Semicolon,
            (byte)'.' => SqlToken.Dot,
            _ => SqlToken.Other,
        };
    }

    private readonly byte Ahead(int count) => _at + count < _sql.Length ? _sql[_at + count] : (byte)0;

    private void SkipBlanksAndComments()
    {
        while (_at < _sql.Length)
        {
            var c = _sql[_at];
            if (c is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r')) _at++;
            else if (c == (byte)'-' && Ahead(1) == (byte)'-') SkipLine();
            else if (c == (byte)'/' && Ahead(1) == (byte)'*') SkipBlockComment();
            else return;
        }
    }

    private void SkipLine()
    {
        var length = _sql[_at..].IndexOfAny((byte)'\n', (byte)'\r');
        _at = length < 0 ? _sql.Length : _at + length;
    }

    private void SkipBlockComment()
    {
        var depth = 0;
        while (_at < _sql.Length)
        {
            if (_sql[_at] == (byte)'/' && Ahead(1) == (byte)'*')
            {
                depth++;
                _at += 2;
            }
            else if (_sql[_at] == (byte)'*' && Ahead(1) == (byte)'/')
            {
                _at += 2;
                if (--depth == 0) return;
            }
            else
            {
                _at++;
            }
        }
    }

    private SqlToken ReadWordOrPrefixedText(byte first)
    {
        if (Ahead(1) == (byte)'\'' && (first | 0x20) is 'e' or 'b' or 'x' or 'n')
        {
            _at++;
            return ReadQuoted((byte)'\'', escapesInText || (first | 0x20) == 'e', SqlToken.Text);
        }

        if ((first | 0x20) == 'u' && Ahead(1) == (byte)'&' && Ahead(2) is (byte)'\'' or (byte)'"')
        {
            _at += 2;
            return _sql[_at] == (byte)'\'' ? ReadQuoted((byte)'\'', false, SqlToken.Text) : ReadQuoted((byte)'"', false, SqlToken.QuotedName);
        }

        do _at++;
        while (_at < _sql.Length && (IsWordStart(_sql[_at]) || char.IsAsciiDigit((char)_sql[_at]) || _sql[_at] == (byte)'$'));
        return SqlToken.Word;
    }

    private SqlToken ReadQuoted(byte quote, bool escapes, SqlToken token)
    {
        _at++;
        while (_at < _sql.Length)
        {
            var c = _sql[_at++];
            if (escapes && c == (byte)'\\') _at = Math.Min(_at + 1, _sql.Length);
            if (c != quote) continue;
            if (_at >= _sql.Length || _sql[_at] != quote) break;
            _at++;
        }

        return token;
    }

    private SqlToken ReadDollar()
    {
        if (char.IsAsciiDigit((char)Ahead(1)))
        {
            do _at++;
            while (char.IsAsciiDigit((char)Ahead(0)));
            return SqlToken.Parameter;
        }

        var end = _at + 1;
        while (end < _sql.Length && (IsWordStart(_sql[end]) || (end > _at + 1 && char.IsAsciiDigit((char)_sql[end])))) end++;
        if (end >= _sql.Length || _sql[end] != (byte)'$')
        {
            _at++;
            return SqlToken.Other;
        }

        var tag = _sql[_at..(end + 1)];
        var length = _sql[(end + 1)..].IndexOf(tag);
        _at = length < 0 ? _sql.Length : end + 1 + length + tag.Length;
        return SqlToken.Text;
    }

    private SqlToken ReadNumber()
    {
        var isExponent = false;
        while (_at < _sql.Length)
        {
            var c = _sql[_at];
            if (isExponent && c is (byte)'+' or (byte)'-')
            {
                if (!char.IsAsciiDigit((char)Ahead(1))) break;
            }
            else if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'.' or (byte)'_'))
            {
                break;
            }

            isExponent = (c | 0x20) == 'e' && !IsHexadecimal();
            _at++;
        }

        return SqlToken.Number;
    }

    private readonly bool IsHexadecimal() => Start + 1 < _sql.Length && (_sql[Start + 1] | 0x20) == 'x';

    private SqlToken ReadOperator()
    {
        var mayEndInSign = false;
        while (_at < _sql.Length && IsOperator(_sql[_at]))
        {
            if ((_sql[_at] == (byte)'-' && Ahead(1) == (byte)'-') || (_sql[_at] == (byte)'/' && Ahead(1) == (byte)'*'))
            {
                if (_at > Start) break;
            }

            mayEndInSign |= "~!@#%^&|`?"u8.Contains(_sql[_at]);
            _at++;
        }

        // PostgreSQL's rule, so that "a=-1" is a, =, - and 1.
        while (!mayEndInSign && _at > Start + 1 && _sql[_at - 1] is (byte)'+' or (byte)'-') _at--;
        return SqlToken.Operator;
    }

    private static bool IsWordStart(byte c) => char.IsAsciiLetter((char)c) || c == (byte)'_' || c >= 0x80;

    private static bool IsOperator(byte c) => "+-*/<>=~!@#%^&|`?"u8.Contains(c);
}
