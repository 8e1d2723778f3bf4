using System.Buffers.Binary;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Proxy;
using Roadworthy.Wire.Session;

namespace Roadworthy.Wire.Holds;

/// <summary>
/// Holds a commit. An explicit one is sent later than what stands before it. That of the extended protocol without a transaction is its Sync, which waits while
/// a Flush asks for the rest. A Query brings its own commit along, so a transaction is put around it.
/// </summary>
internal sealed class CommitHolder(Relay relay, Batch batch, BatchSender sender)
{
    private const int ReadyLength = 6;

    private static readonly int Patience = (int)BatchSender.Limit.TotalMilliseconds;

    private SessionState State => relay.State;

    /// <summary>Whether there is a commit behind it that can be held: not that of a COPY, whose client has to be heard meanwhile.</summary>
    public static bool CanHold(in PendingStatement statement) => !statement.Shape.Text.StartsWith("copy ", StringComparison.Ordinal) && statement.Before != TransactionStatus.Failed;

    public void Send(in BatchPlan plan)
    {
        // Whatever is put into a pipeline whose answers are still to come is answered in the wrong place.
        if (!relay.PumpUntil(() => State.Replies.Count == 0, Patience))
        {
            GiveUp(plan);
            sender.SendAll();
            return;
        }

        var isQuery = batch.Messages[plan.Message].Type is FrontendCode.Query or FrontendCode.FunctionCall;
        if (isQuery && plan.IsImplicit) SendInTransaction(plan);
        else if (isQuery) SendQueryInTwo(plan);
        else SendInTwo(plan);
    }

    /// <summary>BEGIN, the Query, the hold, COMMIT; the client is told as if there had been none of it.</summary>
    private void SendInTransaction(in BatchPlan plan)
    {
        var replies = relay.Answers.Kept;
        if (State.Back != TransactionStatus.Idle || !Exchange("BEGIN"u8))
        {
            GiveUp(plan);
            if (!relay.IsEnded) sender.SendAll();
            return;
        }

        relay.Answers.Keep();
        sender.SendAll();
        if (!WaitUntilReady()) return;
        if (State.Back == TransactionStatus.InTransaction)
        {
            if (!relay.WaitFor(plan.Commit!, plan.Shape!)) return;
            CommitAround(replies);
        }
        else
        {
            GiveUp(plan);
            if (State.Back == TransactionStatus.Failed) KeepApart(replies, "ROLLBACK"u8);
            if (!relay.IsEnded) Deliver(replies);
        }
    }

    private void CommitAround(ByteQueue replies)
    {
        var answer = KeepApart(replies, "COMMIT"u8);
        if (relay.IsEnded) return;
        if (answer.Length > 0 && answer[0] == BackendCode.ErrorResponse)
        {
            // A constraint that was deferred, a serialization failure: the client hears of it in place of the completion.
            relay.Answers.Pass();
            relay.SendToClient(replies.Filled[..CompletionStart(replies.Filled)]);
            relay.SendToClient(answer);
            replies.Clear();
            return;
        }

        Deliver(replies);
    }

    /// <summary>Sends a statement of our own while answers to the client are kept.</summary>
    private byte[] KeepApart(ByteQueue replies, ReadOnlySpan<byte> sql)
    {
        var before = replies.Count;
        sender.SendOwn(sql);
        WaitUntilReady();
        var answer = replies.Filled[before..].ToArray();
        var kept = replies.Filled[..before].ToArray();
        replies.Clear();
        replies.Add(kept);
        return answer;
    }

    private void Deliver(ByteQueue replies)
    {
        relay.Answers.Pass();
        var bytes = replies.Filled;
        if (bytes.Length >= ReadyLength) bytes[^1] = (byte)State.Back;
        relay.SendToClient(bytes);
        replies.Clear();
    }

    /// <returns>Whether it was done.</returns>
    private bool Exchange(ReadOnlySpan<byte> sql)
    {
        relay.Answers.Drop();
        sender.SendOwn(sql);
        var isReady = WaitUntilReady();
        relay.Answers.Pass();
        return isReady && State.Back == TransactionStatus.InTransaction;
    }

    /// <summary>A Query with a COMMIT in it: what stands before it, the hold, the rest.</summary>
    private void SendQueryInTwo(in BatchPlan plan)
    {
        sender.Send(0, plan.Message);
        if (plan.Statement > 0)
        {
            relay.Answers.Keep();
            sender.SendStatements(0, plan.Statement, default, null);
            if (!WaitUntilReady()) return;
            var replies = relay.Answers.Kept;
            if (State.Back != TransactionStatus.InTransaction)
            {
                // It has failed before its COMMIT, which the server would not have come to either.
                GiveUp(plan);
                Deliver(replies);
                return;
            }

            var kept = replies.Filled[..^ReadyLength].ToArray();
            replies.Clear();
            replies.Add(kept);
        }

        if (!relay.WaitFor(plan.Commit!, plan.Shape!)) return;
        relay.Answers.Pass();
        relay.SendToClient(relay.Answers.Kept.Filled);
        relay.Answers.Kept.Clear();
        sender.SendStatements(plan.Statement, batch.Statements.Count, default, null);
    }

    /// <summary>Messages up to a COMMIT, or up to the Sync that is one; a Flush, so that they are done; the hold; the rest.</summary>
    private void SendInTwo(in BatchPlan plan)
    {
        if (plan.IsImplicit) relay.Answers.Keep();
        sender.Send(0, plan.Message);
        if (plan.Message > 0) sender.SendFlush();
        if (!relay.PumpUntil(() => State.Replies.Count == 0 || State.IsSkipping, Patience) || State.IsSkipping) GiveUp(plan);
        else relay.WaitFor(plan.Commit!, plan.Shape!);
        if (relay.IsEnded) return;
        relay.Answers.Pass();
        relay.SendToClient(relay.Answers.Kept.Filled);
        relay.Answers.Kept.Clear();
        sender.Send(plan.Message, batch.Messages.Count);
    }

    private bool WaitUntilReady()
    {
        while (relay.PumpUntil(() => State.Replies.Count == 0 || relay.Answers.IsFull, Patience))
        {
            if (State.Replies.Count == 0) return true;
            // More rows than are kept: the client gets them early, but not the end.
            relay.SendToClient(relay.Answers.Kept.Filled);
            relay.Answers.Kept.Clear();
        }

        // Half of an exchange of our own stands on the wire, and the client must not see it.
        relay.End();
        return false;
    }

    private static void GiveUp(in BatchPlan plan) => plan.Commit!.GiveBack();

    /// <returns>Where the CommandComplete before the ReadyForQuery begins; behind it where there is none. Looked for from the end, as the beginning may be gone.</returns>
    private static int CompletionStart(ReadOnlySpan<byte> replies)
    {
        const int longest = 96;
        var end = replies.Length - ReadyLength;
        for (var start = end - MessageFramer.HeaderLength; start >= Math.Max(0, end - longest); start--)
        {
            if (replies[start] == BackendCode.CommandComplete && start + 1 + BinaryPrimitives.ReadInt32BigEndian(replies[(start + 1)..]) == end) return start;
        }

        return Math.Max(0, end);
    }
}
