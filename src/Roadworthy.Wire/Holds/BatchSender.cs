using System.Diagnostics;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Proxy;
using Roadworthy.Wire.Session;

namespace Roadworthy.Wire.Holds;

/// <summary>
/// Sends a batch, or parts of one. An error is made up by letting the server fail in place of the statement, and putting the made-up error in place of the
/// server's own: so the transaction has failed in truth, and the server itself refuses what follows until ROLLBACK.
/// </summary>
internal sealed class BatchSender(Relay relay, Batch batch)
{
    /// <summary>How long the server may take for what has to be done before a hold.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ByteQueue _out = new();

    private SessionState State => relay.State;

    public void SendAll()
    {
        CatchUp();
        Expect(0, batch.Replies.Count);
        relay.SendToServer(batch.Bytes.Filled);
    }

    /// <summary>Sends messages, from the first up to another.</summary>
    public void Send(int from, int to)
    {
        if (to <= from) return;
        var (first, last) = (batch.Messages[from], batch.Messages[to - 1]);
        Expect(first.FirstReply, last.FirstReply + last.ReplyCount);
        relay.SendToServer(batch.Bytes.Filled[first.Start..(last.Start + last.Length)]);
    }

    /// <summary>Sends statements of the Query that ends the batch as one of their own.</summary>
    /// <param name="from">The first statement.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="instead">What stands in for those that follow; empty for nothing.</param>
    /// <param name="fault">What is made of the answer to it.</param>
    public void SendStatements(int from, int to, ReadOnlySpan<byte> instead, FaultRule? fault)
    {
        var last = batch.Last;
        var text = new BodyReader(batch.Of(last)[MessageFramer.HeaderLength..]).CString();
        var start = from < batch.Statements.Count ? batch.Statements[from].Start.Value : 0;
        var end = to < batch.Statements.Count ? batch.Statements[to].Start.Value : instead.IsEmpty ? text.Length : start;
        _out.Clear();
        MessageWriter.Query(_out, [.. text[start..end], .. instead]);
        Expect(last.FirstReply + from, last.FirstReply + to);
        if (fault is not null) Expect(batch.Replies[last.FirstReply + to] with { Fault = fault, Flags = ExpectedFlags.None });
        Expect(new() { Kind = ExpectedKind.Ready });
        relay.SendToServer(_out.Filled);
    }

    public void SendFlush()
    {
        _out.Clear();
        MessageWriter.Flush(_out);
        relay.SendToServer(_out.Filled);
    }

    /// <summary>Sends a statement of the proxy's own; its answer is none of the client's.</summary>
    public void SendOwn(ReadOnlySpan<byte> sql)
    {
        _out.Clear();
        MessageWriter.Query(_out, sql);
        Expect(new() { Kind = ExpectedKind.Statement, Flags = ExpectedFlags.Injected, Shape = StatementShape.Unknown });
        Expect(new() { Kind = ExpectedKind.Ready });
        relay.SendToServer(_out.Filled);
    }

    public void SendFailing(in BatchPlan plan)
    {
        var fault = plan.Fail!;
        if (fault.IsFatal)
        {
            relay.SendToClient(fault.Message.Span);
            relay.Kill(KillManner.Close);
            fault.Fired();
            return;
        }

        CatchUp();
        var message = batch.Messages[plan.Message];
        var reply = batch.Replies[message.FirstReply + plan.Statement];
        // What fails at its commit has ended; anything else leaves a failed transaction behind.
        var endsTransaction = reply.Shape?.Kind == StatementKind.Commit && reply.Before == TransactionStatus.InTransaction;
        if (message.Type != FrontendCode.Execute)
        {
            Send(0, plan.Message);
            SendStatements(0, plan.Statement, endsTransaction ? "ROLLBACK"u8 : "SELECT 1/0 AS made_up_by_roadworthy"u8, fault);
        }
        else if (endsTransaction && batch.Last.Type == FrontendCode.Sync)
        {
            Send(0, plan.Message);
            _out.Clear();
            MessageWriter.Query(_out, "ROLLBACK"u8);
            Expect(reply with { Fault = fault, Flags = ExpectedFlags.None });
            Expect(new() { Kind = ExpectedKind.Ready });
            relay.SendToServer(_out.Filled);
        }
        else
        {
            Send(0, plan.Message);
            _out.Clear();
            MessageWriter.Execute(_out, "made up by roadworthy"u8);
            Expect(reply with { Fault = fault });
            relay.SendToServer(_out.Filled);
            Send(plan.Message + 1, batch.Messages.Count);
        }

        fault.Fired();
    }

    /// <summary>The client's transaction was read ahead when the batch came; meanwhile the server may have answered all that came before.</summary>
    private void CatchUp()
    {
        if (State.Replies.Count > 0) return;
        State.Front = State.Back;
        for (var n = 0; n < batch.Replies.Count; n++)
        {
            if (batch.Replies[n] is { Kind: ExpectedKind.Statement, Shape: { } shape } && !batch.Replies[n].Is(ExpectedFlags.Resumed)) State.Advance(shape);
        }
    }

    private void Expect(int from, int to)
    {
        var now = Stopwatch.GetTimestamp();
        for (var n = from; n < to; n++) State.Expect(ref batch.Replies[n], now);
    }

    private void Expect(ExpectedReply reply) => State.Expect(ref reply, Stopwatch.GetTimestamp());
}
