using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Session;

/// <summary>What is known of one connection by what has passed on it. Knows no socket: it is fed with messages, in any pieces. Used by one thread.</summary>
internal sealed class SessionState
{
    private readonly ExpectedList _read = new();
    private int _front;
    private int _back;

    public SessionState(int connectionId, ShapeTable shapes, IStatementObserver? observer)
    {
        (ConnectionId, Observer) = (connectionId, observer);
        Frontend = new(this, shapes);
        Backend = new(this);
        // A start-up is answered with the first ReadyForQuery.
        Replies.Add(new() { Kind = ExpectedKind.Ready });
    }

    public int ConnectionId { get; }

    public IStatementObserver? Observer { get; }

    public FrontendTracker Frontend { get; }

    public BackendTracker Backend { get; }

    public ExpectedReplies Replies { get; } = new();

    /// <summary>In which transaction the client is when all that it has sent is done.</summary>
    public TransactionStatus Front { get => (TransactionStatus)Volatile.Read(ref _front); set => Volatile.Write(ref _front, (int)value); }

    /// <summary>What the server said last.</summary>
    public TransactionStatus Back { get => (TransactionStatus)Volatile.Read(ref _back); set => Volatile.Write(ref _back, (int)value); }

    /// <summary>The server's process for this connection; 0 before it was said.</summary>
    public int ProcessId { get; set; }

    /// <summary>standard_conforming_strings is off.</summary>
    public bool EscapesInText { get; set; }

    /// <summary>Whether bytes pass without being looked at: replication, or a stream in which we have lost our place.</summary>
    public bool IsRaw { get; set; }

    /// <summary>The server is reading the data of a COPY.</summary>
    public bool IsCopyingIn { get; set; }

    /// <summary>The server has failed and reads on to a Sync that was not sent yet.</summary>
    public bool IsSkipping { get; set; }

    /// <summary>Reads a message that is sent on at once.</summary>
    public void Sent(in Frame frame, long now)
    {
        _read.Clear();
        Frontend.Read(frame, _read);
        for (var n = 0; n < _read.Count; n++) Expect(ref _read[n], now);
    }

    /// <summary>Counts on an answer to what is being sent.</summary>
    public void Expect(ref ExpectedReply reply, long now)
    {
        var isSync = reply.Kind == ExpectedKind.Ready && reply.Is(ExpectedFlags.Extended);
        if (IsSkipping)
        {
            // The server reads on to the Sync, past whole Queries too, and answers nothing.
            if (!isSync)
            {
                if (reply.Kind == ExpectedKind.Parse) Frontend.ForgetStatement(reply.Hash);
                return;
            }

            IsSkipping = false;
        }

        if (IsCopyingIn)
        {
            // libpq sends the Sync of its Execute before it knows that this is a COPY; the server reads it and thinks nothing of it.
            if (isSync) return;
            if (reply.Kind == ExpectedKind.CopyEnd) IsCopyingIn = false;
        }

        if (reply.Kind == ExpectedKind.CopyEnd && !HasStatement()) return;
        if (Replies.IsFull)
        {
            LosePlace();
            return;
        }

        reply.SentAt = now;
        Replies.Add(reply);
    }

    /// <summary>From here on, bytes pass unread: better than to be wrong about them.</summary>
    public void LosePlace()
    {
        IsRaw = true;
        Replies.Clear();
    }

    /// <summary>In which transaction a statement leaves the client, if it succeeds.</summary>
    public void Advance(StatementShape shape)
    {
        switch (shape.Kind)
        {
            case StatementKind.Begin:
                Front = Front == TransactionStatus.Failed ? Front : TransactionStatus.InTransaction;
                break;
            case StatementKind.Commit or StatementKind.Rollback:
                Front = shape.Text.EndsWith("and chain", StringComparison.Ordinal) ? TransactionStatus.InTransaction : TransactionStatus.Idle;
                break;
            case StatementKind.RollbackTo when Front == TransactionStatus.Failed:
                Front = TransactionStatus.InTransaction;
                break;
        }
    }

    private bool HasStatement()
    {
        for (var n = 0; n < Replies.Count; n++)
        {
            if (Replies[n].Kind == ExpectedKind.Statement) return true;
        }

        return false;
    }
}
