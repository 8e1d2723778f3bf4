using System.Diagnostics.Metrics;
using Roadworthy.Idempotency.Requests;

namespace Roadworthy.Idempotency.Events;

/// <summary>What became of a request with a key.</summary>
internal enum Outcome
{
    /// <summary>The handler ran, and its answer is kept.</summary>
    Done,

    /// <summary>The answer that is kept was given again.</summary>
    Replayed,

    /// <summary>Another request with the key is being worked on.</summary>
    InFlight,

    /// <summary>The key belongs to another request.</summary>
    OtherRequest,

    /// <summary>The handler refused, and nothing is kept.</summary>
    Refused,

    /// <summary>The connection was lost at the commit, which went through.</summary>
    Recovered,
}

/// <summary>Tells of outcomes: a log record where somebody should look, and a counter for each.</summary>
internal sealed class IdempotencyEvents : IDisposable
{
    private readonly ILogger<IdempotencyEvents> _log;
    private readonly Meter _meter;
    private readonly Counter<long> _requests;

    public IdempotencyEvents(IMeterFactory meters, ILogger<IdempotencyEvents> log)
    {
        _log = log;
        _meter = meters.Create("Roadworthy.Idempotency");
        _requests = _meter.CreateCounter<long>("roadworthy.idempotency.requests", "{request}", "Requests with an Idempotency-Key, by what became of them.");
    }

    public void Tell(Outcome outcome, KeyedRequest request)
    {
        _requests.Add(1, new KeyValuePair<string, object?>("outcome", Name(outcome)));
        if (outcome == Outcome.OtherRequest) _log.KeyReused(request.Route);
        if (outcome == Outcome.Recovered) _log.Recovered(request.Route);
    }

    public void Dispose() => _meter.Dispose();

    private static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Done => "done",
        Outcome.Replayed => "replayed",
        Outcome.InFlight => "in_flight",
        Outcome.OtherRequest => "other_request",
        Outcome.Refused => "refused",
        Outcome.Recovered => "recovered",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };
}
