namespace Roadworthy.Wire.Statements;

internal enum SqlToken : byte
{
    End,
    Word,
    QuotedName,
    Text,
    Number,
    Parameter,
    Operator,
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Comma,
    Semicolon,
    Dot,
    Cast,
    Other,
}
