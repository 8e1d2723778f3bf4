namespace Roadworthy.Wire;

/// <summary>The five characters by which PostgreSQL says what went wrong, such as <c>40001</c>. The default value is none.</summary>
public readonly record struct SqlState
{
    private const int Length = 5;
    private const int BitsPerCharacter = 8;

    private readonly ulong _packed;

    private SqlState(ulong packed) => _packed = packed;

    /// <summary>Whether nothing went wrong.</summary>
    public bool IsNone => _packed == 0;

    /// <summary>Reads five characters of A to Z and 0 to 9.</summary>
    /// <exception cref="ArgumentException">They are others, or not five.</exception>
    public static SqlState Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != Length || !text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
            throw new ArgumentException($"'{text}' is no SQLSTATE: it has five characters of A to Z and 0 to 9, such as 40001.", nameof(text));
        ulong packed = 0;
        foreach (var c in text) packed = (packed << BitsPerCharacter) | c;
        return new(packed);
    }

    /// <summary>The five characters, or nothing.</summary>
    public override string ToString() =>
        IsNone ? "" : string.Create(Length, _packed, static (text, packed) =>
        {
            for (var n = Length - 1; n >= 0; n--, packed >>= BitsPerCharacter) text[n] = (char)(packed & 0xff);
        });

    internal static SqlState From(ReadOnlySpan<byte> text)
    {
        if (text.Length != Length) return default;
        ulong packed = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)c)) return default;
            packed = (packed << BitsPerCharacter) | c;
        }

        return new(packed);
    }
}
