using System.Runtime.InteropServices;

namespace Roadworthy.Wire;

/// <summary>A statement that a client has sent, and the server has not got yet.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct PendingStatement
{
    internal PendingStatement(WireConnection connection, StatementShape shape, TransactionStatus before, ulong valuesHash, bool isExtended) =>
        (Connection, Shape, Before, ValuesHash, IsExtended) = (connection, shape, before, valuesHash, isExtended);

    /// <summary>Whose it is.</summary>
    public WireConnection Connection { get; }

    /// <summary>What it is, without its values. What was prepared by name is known by its text here too.</summary>
    public StatementShape Shape { get; }

    /// <summary>In which transaction the client sends it, with all that it sent before done.</summary>
    public TransactionStatus Before { get; }

    /// <summary>As <see cref="StatementRecord.ValuesHash"/>.</summary>
    public ulong ValuesHash { get; }

    /// <summary>Whether it comes by Parse, Bind and Execute.</summary>
    public bool IsExtended { get; }
}

/// <summary>
/// Chooses statements. Called on the connections' threads, by several at once, for every statement while its rule is armed: it should be quick. What it throws
/// counts as no.
/// </summary>
public delegate bool StatementFilter(in PendingStatement statement);
