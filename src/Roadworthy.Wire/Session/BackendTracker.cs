using System.Diagnostics;
using Roadworthy.Wire.Codec;

namespace Roadworthy.Wire.Session;

/// <summary>Reads what a server sends, and pairs it with what it answers.</summary>
internal sealed class BackendTracker(SessionState state)
{
    private const int SaslRequest = 10;

    private long _rows;
    private long _bytes;
    private long _batch;

    /// <summary>The server asked for a SCRAM exchange last, and has got none.</summary>
    public bool WasAskedForPassword { get; private set; }

    /// <summary>What is to be told in place of the error or the completion that was read last; null: it passes as it is.</summary>
    public FaultRule? Replacement { get; private set; }

    /// <summary>Reads a message: the whole, or the beginning of a long one.</summary>
    public void Read(in Frame frame)
    {
        Replacement = null;
        _bytes += frame.Length;
        switch (frame.Type)
        {
            case BackendCode.DataRow or BackendCode.CopyData:
                _rows++;
                break;
            case BackendCode.ParseComplete:
                End(ExpectedKind.Parse);
                break;
            case BackendCode.BindComplete:
                End(ExpectedKind.Bind);
                break;
            case BackendCode.CloseComplete:
                End(ExpectedKind.Close);
                break;
            case BackendCode.RowDescription or BackendCode.NoData:
                // That of a Query's is no answer of its own.
                if (Head()?.Kind == ExpectedKind.Describe) End(ExpectedKind.Describe);
                break;
            case BackendCode.CommandComplete:
                EndStatement(StatementOutcome.Completed, CommandTag.Rows(new BodyReader(frame.Body).CString()), default);
                break;
            case BackendCode.EmptyQueryResponse:
                EndStatement(StatementOutcome.Empty, -1, default);
                break;
            case BackendCode.PortalSuspended:
                EndStatement(StatementOutcome.Suspended, -1, default);
                break;
            case BackendCode.FunctionCallResponse:
                EndStatement(StatementOutcome.Completed, -1, default);
                break;
            case BackendCode.CopyInResponse:
                BeginCopyIn();
                break;
            case BackendCode.CopyBothResponse:
                state.LosePlace();
                break;
            case BackendCode.ErrorResponse:
                Fail(ErrorFields.Read(frame.Body));
                break;
            case BackendCode.ReadyForQuery:
                BecomeReady(new BodyReader(frame.Body).Byte());
                break;
            case BackendCode.ParameterStatus:
                ReadParameter(new BodyReader(frame.Body));
                break;
            case BackendCode.Authentication:
                WasAskedForPassword = new BodyReader(frame.Body).Int32() == SaslRequest;
                break;
            case BackendCode.BackendKeyData:
                state.ProcessId = new BodyReader(frame.Body).Int32();
                break;
        }
    }

    /// <summary>The connection has ended: what was to be answered never will be.</summary>
    public void Lose()
    {
        while (Head() is { } head)
        {
            if (head.Kind == ExpectedKind.Statement) EndStatement(StatementOutcome.Lost, -1, default);
            else state.Replies.RemoveFirst();
        }
    }

    private ExpectedReply? Head()
    {
        while (state.Replies.Count > 0 && state.Replies[0].Kind == ExpectedKind.CopyEnd) state.Replies.RemoveFirst();
        return state.Replies.Count > 0 ? state.Replies[0] : null;
    }

    private void End(ExpectedKind kind)
    {
        if (Head()?.Kind == kind) state.Replies.RemoveFirst();
        _bytes = 0;
    }

    private void EndStatement(StatementOutcome outcome, long affected, SqlState error)
    {
        state.IsCopyingIn = false;
        // More completions than statements: a text that was too long to be told apart. They count with the Query's Ready as nothing.
        if (Head() is not { Kind: ExpectedKind.Statement } head) return;
        state.Replies.RemoveFirst();
        if (head.Fault is { } fault && outcome is StatementOutcome.Completed or StatementOutcome.Failed)
        {
            (Replacement, outcome, affected, error) = (fault, StatementOutcome.Failed, -1, fault.SqlState);
        }

        Report(head, outcome, affected, error);
    }

    private void Report(in ExpectedReply head, StatementOutcome outcome, long affected, SqlState error)
    {
        var (rows, bytes) = (_rows, _bytes);
        (_rows, _bytes) = (0, 0);
        if (state.Observer is null || head.Is(ExpectedFlags.Injected)) return;
        state.Observer.Completed(new()
        {
            ConnectionId = state.ConnectionId,
            ProcessId = state.ProcessId,
            Shape = head.Shape ?? StatementShape.Unknown,
            ValuesHash = head.Hash,
            SentAt = head.SentAt,
            EndedAt = Stopwatch.GetTimestamp(),
            Rows = rows,
            AffectedRows = affected,
            RequestBytes = head.RequestBytes,
            ReplyBytes = bytes,
            Before = head.Before,
            Outcome = outcome,
            Error = error,
            IsExtended = head.Is(ExpectedFlags.Extended),
            IsPrepared = head.Is(ExpectedFlags.Prepared),
            IsResumed = head.Is(ExpectedFlags.Resumed),
            IsTruncated = head.Is(ExpectedFlags.Truncated),
            Batch = _batch,
        });
    }

    private void Fail(in ErrorFields error)
    {
        WasAskedForPassword = false;
        state.IsCopyingIn = false;
        if (Head() is not { } head) return;
        if (head.Kind == ExpectedKind.Ready)
        {
            // At a Sync: the commit of what had no transaction of its own. At a start-up: no statement at all.
            if (state.Back != TransactionStatus.Unknown && !error.IsFatal)
                Report(new() { Shape = StatementShape.ImplicitCommit, SentAt = head.SentAt, Before = TransactionStatus.Idle, Flags = ExpectedFlags.Extended }, StatementOutcome.Failed, -1, error.State);
            return;
        }

        var isExtended = head.Kind != ExpectedKind.Statement || head.Is(ExpectedFlags.Extended);
        var isReported = false;
        while (Head() is { } next)
        {
            if (next.Kind == ExpectedKind.Ready && (!isExtended || next.Is(ExpectedFlags.Extended))) return;
            if (next.Kind == ExpectedKind.Statement && !isReported)
            {
                isReported = true;
                EndStatement(StatementOutcome.Failed, -1, error.State);
                continue;
            }

            if (next.Kind == ExpectedKind.Parse) state.Frontend.ForgetStatement(next.Hash);
            state.Replies.RemoveFirst();
        }

        state.IsSkipping = isExtended;
    }

    private void BecomeReady(byte status)
    {
        state.IsCopyingIn = false;
        while (Head() is { } head)
        {
            state.Replies.RemoveFirst();
            if (head.Kind == ExpectedKind.Ready) break;
        }

        (_rows, _bytes) = (0, 0);
        _batch++;
        state.Back = (TransactionStatus)status;
        if (state.Replies.Count > 0) return;
        // Nothing is under way, so both sides mean the same.
        state.Front = state.Back;
        if (state.Back == TransactionStatus.Idle) state.Frontend.ForgetPortals();
    }

    /// <summary>The Syncs that the client sent before the end of its data are read by the server as part of it.</summary>
    private void BeginCopyIn()
    {
        state.IsCopyingIn = true;
        for (var n = 1; n < state.Replies.Count; n++)
        {
            var reply = state.Replies[n];
            if (reply.Kind == ExpectedKind.CopyEnd)
            {
                state.Replies.RemoveAt(n);
                state.IsCopyingIn = false;
                return;
            }

            if (reply.Kind == ExpectedKind.Ready && reply.Is(ExpectedFlags.Extended)) state.Replies.RemoveAt(n--);
        }
    }

    private void ReadParameter(BodyReader body)
    {
        if (body.CString().SequenceEqual("standard_conforming_strings"u8)) state.EscapesInText = body.CString().SequenceEqual("off"u8);
    }
}
