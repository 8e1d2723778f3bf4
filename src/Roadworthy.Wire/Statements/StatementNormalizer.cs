using System.Text;

namespace Roadworthy.Wire.Statements;

/// <summary>
/// Takes the statements of a text one by one, and writes each without what differs from call to call: literals and parameters become <c>?</c>, lists of them one,
/// comments and blanks go, words are in lower case. Keeps its buffers; one for each connection.
/// </summary>
internal sealed class StatementNormalizer
{
    private const int MaxDepth = 64;
    private const int MaxLength = 64 * 1024;

    private readonly ListContext[] _lists = new ListContext[MaxDepth];
    private byte[] _text = new byte[1024];
    private int _length;
    private int _depth;
    private SqlToken _last;
    private SqlToken _beforeLast;
    private int _lastWordStart;
    private int _lastWordLength;
    private int _atomicDepth;

    /// <summary>The statement that was taken last. Holds until the next is.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Where that statement begins in the text: its first token.</summary>
    public int Start { get; private set; }

    /// <summary>Behind its last token, before the semicolon.</summary>
    public int End { get; private set; }

    /// <summary>A hash of its literals; 0 where it has none.</summary>
    public ulong LiteralsHash { get; private set; }

    /// <summary>Takes the next statement.</summary>
    /// <param name="sql">The text of a Query or a Parse.</param>
    /// <param name="position">Where to begin; then, where the next one does.</param>
    /// <param name="escapesInText">Whether standard_conforming_strings is off.</param>
    /// <returns>False where no statement follows: blanks, comments and semicolons are none.</returns>
    public bool Next(ReadOnlySpan<byte> sql, ref int position, bool escapesInText)
    {
        Reset();
        var lexer = new SqlLexer(sql, position, escapesInText);
        while (true)
        {
            var token = lexer.Read();
            if (token == SqlToken.End || (token == SqlToken.Semicolon && _depth == 0 && _atomicDepth == 0))
            {
                position = lexer.End;
                if (_length > 0) break;
                if (token == SqlToken.End) return false;
                continue;
            }

            if (_length == 0) Start = lexer.Start;
            End = lexer.End;
            Write(token, lexer.Token);
        }

        if (_lists[_depth].IsRows) EndElement(ref _lists[_depth]);
        return true;
    }

    private void Reset()
    {
        (_length, _depth, _atomicDepth, _last, _lastWordLength, LiteralsHash) = (0, 0, 0, SqlToken.End, 0, 0);
        _lists[0] = default;
    }

    private void Write(SqlToken token, ReadOnlySpan<byte> text)
    {
        if (_length + text.Length + 2 > MaxLength) return;
        if (_length + text.Length + 2 > _text.Length) Array.Resize(ref _text, Math.Min(MaxLength, Math.Max(_text.Length * 2, _length + text.Length + 2)));
        ref var list = ref _lists[_depth];
        if (list.IsRows && token is not (SqlToken.Open or SqlToken.Comma or SqlToken.Close)) EndRows(ref list);
        switch (token)
        {
            case SqlToken.Open or SqlToken.OpenBracket:
                var collapses = _last == SqlToken.Word && (token == SqlToken.Open ? IsLastWord("in"u8) : IsLastWord("array"u8));
                Put(token, text);
                if (_depth + 1 < MaxDepth) _lists[++_depth] = new() { Collapses = collapses, StartsElement = true, PreviousEnd = -1 };
                break;
            case SqlToken.Close or SqlToken.CloseBracket:
                if (list.Collapses) EndElement(ref list);
                if (_depth > 0) _depth--;
                Put(token, text);
                break;
            case SqlToken.Comma:
                if (list.Collapses) EndElement(ref list);
                Put(token, text);
                list.StartsElement = true;
                break;
            case SqlToken.Text or SqlToken.Number or SqlToken.Parameter:
                PutLiteral(token, text);
                break;
            case SqlToken.Word:
                WriteWord(text);
                break;
            default:
                Put(token, text);
                break;
        }
    }

    private void WriteWord(ReadOnlySpan<byte> text)
    {
        if (IsConstant(text))
        {
            PutLiteral(SqlToken.Text, text);
            return;
        }

        Put(SqlToken.Word, text);
        var word = _text.AsSpan(_lastWordStart, _lastWordLength);
        if (word.SequenceEqual("values"u8)) _lists[_depth] = new() { Collapses = true, IsRows = true, StartsElement = true, PreviousEnd = -1 };
        else if (_atomicDepth > 0 && word.SequenceEqual("case"u8)) _atomicDepth++;
        else if (_atomicDepth > 0 && word.SequenceEqual("end"u8)) _atomicDepth--;
        // The body of a function in SQL holds semicolons of its own.
        else if (word.SequenceEqual("atomic"u8) && Text.EndsWith("begin atomic"u8) && Text.StartsWith("create"u8)) _atomicDepth = 1;
    }

    // NULL, TRUE and FALSE are values, but in IS NULL and NOT NULL; DEFAULT is one in a row of VALUES.
    private bool IsConstant(ReadOnlySpan<byte> word) => word.Length switch
    {
        4 => (Ascii.EqualsIgnoreCase(word, "null"u8) || Ascii.EqualsIgnoreCase(word, "true"u8)) && !IsAfterIs(),
        5 => Ascii.EqualsIgnoreCase(word, "false"u8) && !IsAfterIs(),
        7 => _depth > 0 && _lists[_depth - 1].IsRows && Ascii.EqualsIgnoreCase(word, "default"u8),
        _ => false,
    };

    private bool IsAfterIs() => _last == SqlToken.Word && (IsLastWord("is"u8) || IsLastWord("not"u8));

    private bool IsLastWord(ReadOnlySpan<byte> word) => _text.AsSpan(_lastWordStart, _lastWordLength).SequenceEqual(word);

    private void PutLiteral(SqlToken token, ReadOnlySpan<byte> text)
    {
        if (token != SqlToken.Parameter) LiteralsHash = Hash64.Of(text, LiteralsHash);
        // 'a' 'b' on two lines is one text. A sign belongs to its number where an operand must stand.
        if (token == SqlToken.Text && _last == SqlToken.Text) return;
        if (token == SqlToken.Number && TrailingSign() is var sign && sign >= 0) (_length, _last) = (sign, _beforeLast);
        Put(token, "?"u8);
    }

    /// <returns>How long the text is without the sign; -1 where there is none, or it subtracts.</returns>
    private int TrailingSign()
    {
        if (_last != SqlToken.Operator || _text[_length - 1] is not ((byte)'-' or (byte)'+')) return -1;
        var before = _length - 1;
        if (before > 0 && _text[before - 1] == (byte)' ') before--;
        if (before > 0 && !"(,[=<>+-*/"u8.Contains(_text[before - 1])) return -1;
        return before;
    }

    private void Put(SqlToken token, ReadOnlySpan<byte> text)
    {
        if (NeedsBlank(token)) _text[_length++] = (byte)' ';
        ref var list = ref _lists[_depth];
        if (list.StartsElement && token != SqlToken.Comma) (list.ElementStart, list.StartsElement) = (_length, false);
        var into = _text.AsSpan(_length, text.Length);
        if (token == SqlToken.Word)
        {
            Ascii.ToLower(text, into, out var written);
            // Not ASCII: as it is.
            if (written < text.Length) ToLowerWhereAscii(text, into);
            (_lastWordStart, _lastWordLength) = (_length, text.Length);
        }
        else
        {
            text.CopyTo(into);
        }

        _length += text.Length;
        (_beforeLast, _last) = (_last, token);
    }

    private static void ToLowerWhereAscii(ReadOnlySpan<byte> text, Span<byte> into)
    {
        for (var n = 0; n < text.Length; n++) into[n] = char.IsAsciiLetterUpper((char)text[n]) ? (byte)(text[n] | 0x20) : text[n];
    }

    private bool NeedsBlank(SqlToken token)
    {
        if (_length == 0 || token is SqlToken.Comma or SqlToken.Close or SqlToken.CloseBracket or SqlToken.OpenBracket or SqlToken.Semicolon or SqlToken.Dot or SqlToken.Cast) return false;
        if (_last is SqlToken.Open or SqlToken.OpenBracket or SqlToken.Dot or SqlToken.Cast) return false;
        return token != SqlToken.Open || _last != SqlToken.Word || SqlWords.StandsBeforeBrackets(_text.AsSpan(_lastWordStart, _lastWordLength));
    }

    private void EndRows(ref ListContext list)
    {
        EndElement(ref list);
        list = default;
    }

    private void EndElement(ref ListContext list)
    {
        if (list.StartsElement) return;
        var element = _text.AsSpan(list.ElementStart, _length - list.ElementStart);
        if (list.PreviousEnd >= 0 && element.Contains((byte)'?') && element.SequenceEqual(_text.AsSpan(list.PreviousStart, list.PreviousEnd - list.PreviousStart)))
        {
            _length = list.PreviousEnd;
            list.StartsElement = true;
            return;
        }

        (list.PreviousStart, list.PreviousEnd) = (list.ElementStart, _length);
        list.StartsElement = true;
    }
}
