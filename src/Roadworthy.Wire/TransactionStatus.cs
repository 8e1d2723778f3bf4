namespace Roadworthy.Wire;

/// <summary>Where a connection stands, by the letters of ReadyForQuery.</summary>
public enum TransactionStatus : byte
{
    /// <summary>It has not signed in yet.</summary>
    Unknown = 0,

    /// <summary>In no transaction (<c>I</c>).</summary>
    Idle = (byte)'I',

    /// <summary>In a transaction (<c>T</c>).</summary>
    InTransaction = (byte)'T',

    /// <summary>In a transaction that has failed, and takes nothing but its end (<c>E</c>).</summary>
    Failed = (byte)'E',
}
