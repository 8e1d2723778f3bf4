namespace Roadworthy.Errors.Masking;

/// <summary>How far the value behind a secret's name reaches. In doubt it reaches further: too much masked is a nuisance, too little a leak.</summary>
internal static class SecretValue
{
    public static SecretSpan At(string text, int nameStart, int nameEnd, int start)
    {
        if (start >= text.Length)
        {
            return default;
        }

        if (text[start] is '"' or '\'')
        {
            return new SecretSpan(start + 1, QuotedEnd(text, start + 1, text[start]));
        }

        if (text[start] == '\\' && start + 1 < text.Length && text[start + 1] == '"')
        {
            var close = text.IndexOf("\\\"", start + 2, StringComparison.Ordinal);
            return new SecretSpan(start + 2, close < 0 ? text.Length : close);
        }

        var lineEnd = text.AsSpan(start).IndexOfAny('\r', '\n');
        lineEnd = lineEnd < 0 ? text.Length : start + lineEnd;
        var name = text.AsSpan(nameStart, nameEnd - nameStart);
        if (HoldsSpaces(name))
        {
            return new SecretSpan(start, lineEnd);
        }

        return new SecretSpan(start, UnquotedEnd(text, nameStart, start, lineEnd));
    }

    // Header values and whole connection strings: to the end of the line.
    private static bool HoldsSpaces(ReadOnlySpan<char> name) =>
        name.Contains("authorization", StringComparison.OrdinalIgnoreCase)
        || name.Contains("cookie", StringComparison.OrdinalIgnoreCase)
        || name.Contains("string", StringComparison.OrdinalIgnoreCase);

    private static int UnquotedEnd(string text, int nameStart, int start, int lineEnd)
    {
        var value = text.AsSpan(start, lineEnd - start);
        var before = nameStart > 0 ? text[nameStart - 1] : ' ';
        if (before is '?' or '&')
        {
            var next = value.IndexOfAny("& \"'");
            return next < 0 ? lineEnd : start + next;
        }

        // In a connection string a value may hold spaces.
        var semicolon = value.IndexOf(';');
        if (semicolon >= 0)
        {
            return start + semicolon;
        }

        if (text.AsSpan(0, nameStart).TrimEnd(' ').EndsWith(";", StringComparison.Ordinal))
        {
            return lineEnd;
        }

        var word = TokenSecrets.Word(text, start);
        return IsScheme(text.AsSpan(word.Start, word.Length)) ? TokenSecrets.Word(text, word.End).End : Math.Min(UnspacedEnd(value) + start, lineEnd);
    }

    private static int UnspacedEnd(ReadOnlySpan<char> value)
    {
        var end = value.IndexOfAny(' ', '\t');
        return end < 0 ? value.Length : end;
    }

    private static int QuotedEnd(string text, int start, char quote)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                if (i + 1 >= text.Length || text[i + 1] != quote)
                {
                    return i;
                }

                i++;
            }
        }

        return text.Length;
    }

    private static bool IsScheme(ReadOnlySpan<char> word) =>
        word.Equals("bearer", StringComparison.OrdinalIgnoreCase)
        || word.Equals("basic", StringComparison.OrdinalIgnoreCase)
        || word.Equals("digest", StringComparison.OrdinalIgnoreCase)
        || word.Equals("negotiate", StringComparison.OrdinalIgnoreCase);
}
