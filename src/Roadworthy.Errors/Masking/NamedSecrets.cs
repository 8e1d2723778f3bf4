namespace Roadworthy.Errors.Masking;

/// <summary>Values that stand behind a secret's name: Password=x; "token": "x" Authorization: Basic x, --password x, &lt;pwd&gt;x&lt;.</summary>
internal static class NamedSecrets
{
    public static SecretSpan Find(string text, int at, int floor, SecretNames names)
    {
        var nameStart = at;
        while (nameStart > floor && IsNamePart(text[nameStart - 1]))
        {
            nameStart--;
        }

        var nameEnd = NameEnd(text, at);
        if (!names.IsSecret(text.AsSpan(nameStart, nameEnd - nameStart)))
        {
            return default;
        }

        var position = nameEnd;
        position = SkipQuote(text, position);
        var spaced = SkipSpace(text, position);
        if (spaced < text.Length && text[spaced] is '=' or ':')
        {
            position = spaced + 1;
            position = position < text.Length && text[position] is '=' or '>' ? position + 1 : position;
            return SecretValue.At(text, nameStart, nameEnd, SkipSpace(text, position));
        }

        var before = nameStart > 0 ? text[nameStart - 1] : ' ';
        if (position < text.Length && text[position] == '>' && before is '<' or ':')
        {
            var close = text.IndexOf('<', position);
            return new SecretSpan(position + 1, close < 0 ? text.Length : close);
        }

        // "--password x" on a command line.
        return before == '-' && nameStart > 1 && text[nameStart - 2] == '-' && spaced > position
            ? TokenSecrets.Word(text, spaced)
            : default;
    }

    private static int NameEnd(string text, int at)
    {
        var end = at;
        while (end < text.Length && (IsNamePart(text[end]) || IsJoint(text, end)))
        {
            end++;
        }

        return end;
    }

    // The space in "api key" or "Private Key=", the hyphen in "Api-Key", the dot in "token.value".
    private static bool IsJoint(string text, int at) =>
        text[at] is '.' or '-' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1])
        || text[at] == ' ' && text.AsSpan(at + 1).StartsWith("key", StringComparison.OrdinalIgnoreCase)
        || text[at] == ' ' && text.AsSpan(at + 1).StartsWith("string", StringComparison.OrdinalIgnoreCase);

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_';

    private static int SkipQuote(string text, int position)
    {
        if (position + 1 < text.Length && text[position] == '\\' && text[position + 1] == '"')
        {
            return position + 2;
        }

        return position < text.Length && text[position] is '"' or '\'' or ']' ? position + 1 : position;
    }

    private static int SkipSpace(string text, int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t')
        {
            position++;
        }

        return position;
    }
}
