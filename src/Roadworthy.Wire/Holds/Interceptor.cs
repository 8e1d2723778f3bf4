using System.Diagnostics;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Proxy;
using Roadworthy.Wire.Session;

namespace Roadworthy.Wire.Holds;

/// <summary>Collects one connection's batches while rules are armed, and does what they say. On the connection's own thread.</summary>
internal sealed class Interceptor : IDisposable
{
    private readonly Relay _relay;
    private readonly RuleSet _rules;
    private readonly int _maxBytes;
    private readonly Batch _batch = new();
    private readonly BatchSender _sender;
    private readonly CommitHolder _committer;
    private Hold? _covering;
    private StatementShape? _covered;
    private bool _coversImplicit;

    public Interceptor(Relay relay, RuleSet rules, int maxBytes)
    {
        (_relay, _rules, _maxBytes) = (relay, rules, maxBytes);
        _sender = new(relay, _batch);
        _committer = new(relay, _batch, _sender);
    }

    public bool IsCollecting { get; private set; }

    /// <summary>Whether the batch that begins here is to be collected.</summary>
    public bool Wants(ReadOnlySpan<byte> next) =>
        (_rules.IsAny || _covering is not null) && !next.IsEmpty && _relay.State.Back != TransactionStatus.Unknown
        && next[0] is FrontendCode.Query or FrontendCode.FunctionCall or FrontendCode.Sync or FrontendCode.Flush
            or FrontendCode.Parse or FrontendCode.Bind or FrontendCode.Describe or FrontendCode.Execute or FrontendCode.Close;

    public void Begin()
    {
        IsCollecting = true;
        _relay.State.Frontend.StatementRanges = _batch.Statements;
    }

    /// <returns>False where it has become too much to be kept.</returns>
    public bool Add(in Frame frame, ReadOnlySpan<byte> bytes)
    {
        if (frame.IsHead)
        {
            var first = _batch.Replies.Count;
            _relay.State.Frontend.Read(frame, _batch.Replies);
            _batch.Messages.Add(new(frame.Type, _batch.Bytes.Count, frame.Length, first, _batch.Replies.Count - first));
        }
        else
        {
            var last = _batch.Last;
            _batch.Messages[^1] = last with { Length = last.Length + frame.Length };
        }

        _batch.Bytes.Add(bytes);
        return _batch.Bytes.Count <= _maxBytes;
    }

    /// <summary>Sends what was collected as it is.</summary>
    public void PassOnUnseen()
    {
        if (_batch.Messages.Count > 0) _sender.SendAll();
        Reset();
    }

    /// <summary>The batch is whole: does to it what the rules say.</summary>
    public void Act()
    {
        try
        {
            var plan = new BatchPlan();
            if (!Decide(ref plan) || _relay.IsEnded) return;
            if (plan.Kill is { Moment: KillMoment.BeforeStatement } before)
            {
                Kill(before);
                return;
            }

            // Answers to what came before are not the ones to be lost.
            if (plan.Kill is { Moment: KillMoment.BeforeAnswer }) _relay.PumpUntil(() => _relay.State.Replies.Count == 0, (int)BatchSender.Limit.TotalMilliseconds);
            if (plan.Fail is not null) _sender.SendFailing(plan);
            else if (plan.Commit is not null) _committer.Send(plan);
            else _sender.SendAll();
            if (plan.Commit is not null) _covering = null;
            if (plan.Kill is { } kill) KillAfter(kill);
        }
        finally
        {
            _relay.Connection.Held(false);
            Reset();
        }
    }

    public void Dispose() => _covering?.GiveBack();

    private void Reset()
    {
        IsCollecting = false;
        _relay.State.Frontend.StatementRanges = null;
        _batch.Clear();
    }

    /// <returns>False where the batch was given up meanwhile.</returns>
    private bool Decide(ref BatchPlan plan)
    {
        for (var m = 0; m < _batch.Messages.Count; m++)
        {
            var message = _batch.Messages[m];
            for (var n = 0; n < message.ReplyCount; n++)
            {
                var reply = _batch.Replies[message.FirstReply + n];
                if (reply.Kind != ExpectedKind.Statement || reply.Is(ExpectedFlags.Resumed)) continue;
                if (!Decide(reply, m, n, ref plan)) return false;
                if (plan.Fail is not null) return true;
            }
        }

        var last = _batch.Last;
        if (plan.Commit is not null || _covering is null || !_coversImplicit || last.Type == FrontendCode.Flush) return true;
        (plan.Commit, plan.Shape, plan.IsImplicit, plan.Message) = (_covering, _covered, true, _batch.Messages.Count - 1);
        return true;
    }

    private bool Decide(in ExpectedReply reply, int message, int statement, ref BatchPlan plan)
    {
        var shape = reply.Shape ?? StatementShape.Unknown;
        var pending = new PendingStatement(_relay.Connection, shape, reply.Before, reply.Hash, reply.Is(ExpectedFlags.Extended));
        foreach (var fault in _rules.Faults)
        {
            if (!fault.Matches(pending) || !fault.TryTake()) continue;
            if (fault.Kind == FaultKind.Delay && !Delay(fault)) return false;
            if (fault.Kind == FaultKind.Kill) plan.Kill ??= fault;
            if (fault.Kind != FaultKind.Fail) continue;
            (plan.Fail, plan.Message, plan.Statement) = (fault, message, statement);
            return true;
        }

        foreach (var hold in _rules.Holds)
        {
            if (!hold.Matches(pending)) continue;
            if (hold.Point == HoldPoint.BeforeStatement && hold.TryTake(_relay.Connection) && !_relay.WaitFor(hold, shape)) return false;
            if (hold.Point == HoldPoint.BeforeCommit && _covering is null && CommitHolder.CanHold(pending) && hold.TryTake(_relay.Connection))
                (_covering, _covered, _coversImplicit) = (hold, shape, reply.Before == TransactionStatus.Idle);
        }

        if (_covering is null || plan.Commit is not null) return true;
        if (shape.Kind == StatementKind.Rollback) GiveBackCover();
        else if (shape.Kind == StatementKind.Commit && reply.Before == TransactionStatus.InTransaction)
            (plan.Commit, plan.Shape, plan.Message, plan.Statement) = (_covering, _covered, message, statement);
        return true;
    }

    private void GiveBackCover()
    {
        _covering?.GiveBack();
        _covering = null;
    }

    private bool Delay(FaultRule fault)
    {
        fault.Fired();
        var until = Stopwatch.GetTimestamp() + (long)(fault.Delay.TotalSeconds * Stopwatch.Frequency);
        _relay.PumpUntil(() => Stopwatch.GetTimestamp() >= until, (int)fault.Delay.TotalMilliseconds + 1_000);
        return !_relay.IsEnded;
    }

    private void KillAfter(FaultRule kill)
    {
        if (kill.Moment == KillMoment.BeforeAnswer)
        {
            _relay.Answers.Drop();
            _relay.PumpUntil(() => _relay.State.Replies.Count == 0, (int)BatchSender.Limit.TotalMilliseconds);
        }
        else
        {
            _relay.PumpUntil(() => _relay.IsSentToServer, (int)BatchSender.Limit.TotalMilliseconds);
        }

        Kill(kill);
    }

    private void Kill(FaultRule kill)
    {
        _relay.Kill(kill.Manner);
        kill.Fired();
    }
}
