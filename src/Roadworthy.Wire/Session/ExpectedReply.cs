namespace Roadworthy.Wire.Session;

/// <summary>Something that was sent and is to be answered. Kept first in, first out.</summary>
internal struct ExpectedReply
{
    public ExpectedKind Kind;
    public ExpectedFlags Flags;

    /// <summary>In which the client saw the statement begin.</summary>
    public TransactionStatus Before;

    /// <summary>Of a statement; of a Parse, what it prepares.</summary>
    public StatementShape? Shape;

    /// <summary>Of a Parse with a name, the name's hash; of a statement, the hash of its values.</summary>
    public ulong Hash;

    /// <summary>When it was sent.</summary>
    public long SentAt;

    public int RequestBytes;

    /// <summary>What is made of the answer; null: it passes.</summary>
    public FaultRule? Fault;

    // HasFlag allocates in a method that is too large for the compiler to see through it.
    public readonly bool Is(ExpectedFlags flag) => (Flags & flag) != ExpectedFlags.None;
}

internal enum ExpectedKind : byte
{
    /// <summary>A start-up, a Query, a Sync, a function call: ends with ReadyForQuery.</summary>
    Ready,
    Statement,
    Parse,
    Bind,
    Describe,
    Close,

    /// <summary>Nothing is answered; it tells which Sync the server has read as part of a COPY.</summary>
    CopyEnd,
}

[Flags]
internal enum ExpectedFlags : byte
{
    None = 0,

    /// <summary>Of the extended protocol.</summary>
    Extended = 1,

    /// <summary>By a name that was prepared before.</summary>
    Prepared = 2,

    /// <summary>Goes on with a portal that was suspended: no new statement.</summary>
    Resumed = 4,

    /// <summary>Sent by the proxy.</summary>
    Injected = 8,

    /// <summary>Its text is longer than what is kept of a message.</summary>
    Truncated = 16,
}
