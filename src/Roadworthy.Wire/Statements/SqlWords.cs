namespace Roadworthy.Wire.Statements;

internal static class SqlWords
{
    /// <summary>Whether a bracket behind this word is not one of a call.</summary>
    /// <param name="word">In lower case.</param>
    public static bool StandsBeforeBrackets(ReadOnlySpan<byte> word) => word.Length switch
    {
        2 => word.SequenceEqual("in"u8) || word.SequenceEqual("or"u8) || word.SequenceEqual("on"u8) || word.SequenceEqual("as"u8) || word.SequenceEqual("by"u8),
        3 => word.SequenceEqual("and"u8) || word.SequenceEqual("not"u8) || word.SequenceEqual("set"u8) || word.SequenceEqual("all"u8),
        4 => word.SequenceEqual("from"u8) || word.SequenceEqual("join"u8) || word.SequenceEqual("when"u8) || word.SequenceEqual("then"u8)
            || word.SequenceEqual("else"u8) || word.SequenceEqual("with"u8) || word.SequenceEqual("over"u8),
        5 => word.SequenceEqual("where"u8) || word.SequenceEqual("using"u8) || word.SequenceEqual("union"u8),
        6 => word.SequenceEqual("values"u8) || word.SequenceEqual("select"u8),
        7 => word.SequenceEqual("lateral"u8) || word.SequenceEqual("explain"u8),
        _ => false,
    };
}
