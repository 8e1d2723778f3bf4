using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Roadworthy.Wire;

/// <summary>One statement, as it passed.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StatementRecord
{
    /// <summary>Which of the proxy's connections: <see cref="WireConnection.Id"/>.</summary>
    public int ConnectionId { get; init; }

    /// <summary>The server's process, as pg_stat_activity has it.</summary>
    public int ProcessId { get; init; }

    /// <summary>What it is, without its values.</summary>
    public StatementShape Shape { get; init; }

    /// <summary>Alike for the same values bound, or the same literals; 0 where there are none. Tells what is asked again from what is asked anew.</summary>
    public ulong ValuesHash { get; init; }

    /// <summary>When it was sent on to the server, by <see cref="Stopwatch.GetTimestamp"/>. A time in a hold is not in it.</summary>
    public long SentAt { get; init; }

    /// <summary>When its end came back.</summary>
    public long EndedAt { get; init; }

    /// <summary>Between the two.</summary>
    public TimeSpan Duration => Stopwatch.GetElapsedTime(SentAt, EndedAt);

    /// <summary>Rows that it sent to the client, of a COPY too; messages of a COPY are rows in text and binary format alike.</summary>
    public long Rows { get; init; }

    /// <summary>The number in its command tag: rows written, or read by a SELECT. -1 where there is none.</summary>
    public long AffectedRows { get; init; }

    /// <summary>Bytes of the message that sent it; of a prepared one, of its Execute.</summary>
    public int RequestBytes { get; init; }

    /// <summary>Bytes of its answer, with types and lengths.</summary>
    public long ReplyBytes { get; init; }

    /// <summary>In which transaction it began, as the client saw it: with all that it had sent before done.</summary>
    public TransactionStatus Before { get; init; }

    /// <summary>How it ended.</summary>
    public StatementOutcome Outcome { get; init; }

    /// <summary>What it failed with.</summary>
    public SqlState Error { get; init; }

    /// <summary>Whether it came by Parse, Bind and Execute, rather than as a Query.</summary>
    public bool IsExtended { get; init; }

    /// <summary>Whether by a name that was prepared before.</summary>
    public bool IsPrepared { get; init; }

    /// <summary>Whether it goes on where it was suspended. It is no new statement then, and not to be counted.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Whether its text was longer than the 32 KB that are looked at.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Counts the batches of the connection, each answered by one ReadyForQuery: statements with the same number shared one round trip.</summary>
    public long Batch { get; init; }
}
