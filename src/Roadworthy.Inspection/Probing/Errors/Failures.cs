using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>Judges how failures are told: to the client (RW451, RW452), to whoever reads the output (RW453), and whether an id leads from one to the other (RW457).</summary>
internal sealed partial class Failures(ProbeContext context)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan LongQuiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly List<(Target Target, Exchange Exchange, string Situation, Func<Task<Exchange>> Again)> _all = [];
    private readonly List<string> _withoutId = [];
    private readonly Leaks _leaks = new(context);
    private readonly LogFiles? _files = context.Setup.Host is { } host ? new LogFiles(host.Directory) : null;
    private int _settled;

    /// <summary>Something failed on purpose.</summary>
    /// <param name="situation">In words that go on a sentence: <c>while the database is away</c>.</param>
    /// <param name="again">Does the same once more.</param>
    public void Add(Target target, Exchange exchange, string situation, Func<Task<Exchange>> again)
    {
        _all.Add((target, exchange, situation, again));
        Told(target, exchange, situation);
    }

    /// <summary>The same, where only what the client is told is to be judged.</summary>
    public void Told(Target target, Exchange exchange, string situation)
    {
        JudgeStatus(target, exchange, situation);
        if (exchange.Response is { } response) _leaks.Judge(target, exchange, response.Text, situation);
    }

    /// <summary>
    /// What is written late is waited for; what a request wrote is everything until the next one. Where that is nothing, it is asked once more, alone: some loggers
    /// write when they have time. To be called while what fails still fails.
    /// </summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        if (_settled == _all.Count) return;
        if (context.Setup.Backend is { } backend)
        {
            await backend.Output.QuietAsync(Quiet, Limit, ct);
            var end = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var n = _settled; n < _all.Count; n++)
            {
                var until = n + 1 < _all.Count ? _all[n + 1].Exchange.StartedAt : end;
                _all[n] = _all[n] with { Exchange = With(backend, _all[n].Exchange, until) };
                if (_all[n].Exchange.Status < 500 || IsHealthCheck(_all[n].Target) || !IsPoor(LogTraces.Of(_all[n].Exchange.Log))) continue;
                _files?.Mark();
                var again = await _all[n].Again();
                await backend.Output.QuietAsync(LongQuiet, Limit, ct);
                if (again.Status < 500) continue;
                again = With(backend, again, System.Diagnostics.Stopwatch.GetTimestamp());
                // What goes to a file is recorded too.
                if (_files?.Written() is { Count: > 0 } filed) again = again with { Log = [.. again.Log, .. filed] };
                if (LogTraces.Of(again.Log) <= LogTraces.Of(_all[n].Exchange.Log)) _all[n] = _all[n] with { Exchange = again };
            }
        }

        _settled = _all.Count;
    }

    /// <summary>Of the output, when all is written, and of what the answers showed.</summary>
    public async Task ConcludeAsync(CancellationToken ct)
    {
        await _leaks.ConcludeAsync(ct);
        foreach (var group in _all.Where(each => each.Exchange.Status >= 500).GroupBy(each => each.Target.Operation.Key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)) JudgeLog([.. group.Select(each => (each.Target, each.Exchange, each.Situation))]);
        if (_withoutId.Count == 0) return;
        var sample = _all.First(each => each.Target.Operation.Key == _withoutId[0] && each.Exchange.Status >= 500);
        context.Results.Add(new Finding
        {
            Rule = ErrorRules.NoTraceId.Id,
            Endpoint = RuleResult.Everywhere,
            Verdict = Verdict.Advisory,
            Fingerprint = "id",
            Summary = $"Failures of {_withoutId.Count} endpoints are recorded, and nothing in the answer leads to the record",
            Evidence = [new PlacesEvidence("Where", _withoutId), context.Evidence.Of("One of them", sample.Exchange), context.Evidence.Log("Its record", sample.Exchange)],
            Commands = [context.Evidence.Curl(sample.Exchange)],
            Recipe = $"{ErrorFindings.Name} {ErrorRules.NoTraceId.Id} {RuleResult.Everywhere}",
        });
    }

    /// <summary>Whether another look is worth it: nothing is there, or less than there may be in a file.</summary>
    private bool IsPoor(LogTrace trace) => trace == LogTrace.None || (trace != LogTrace.Whole && _files?.Any is true);

    private static Exchange With(Backend.RunningBackend backend, Exchange exchange, long until) =>
        exchange with { Log = [.. backend.Output.Between(exchange.StartedAt, until).Select(line => line.Raw)] };

    private static bool IsHealthCheck(Target target) => HealthCheck().IsMatch(target.Operation.Path);

    private void JudgeStatus(Target target, Exchange exchange, string situation)
    {
        switch (exchange.Status)
        {
            case 0:
                context.Results.Inconclusive(ErrorRules.OutageAsAnswer, target.Operation, $"No answer came {situation}: {exchange.Failure}");
                return;
            case >= 500 or 408 or 409 or 423 or 425 or 429:
                context.Results.Pass(ErrorRules.OutageAsAnswer, target.Operation, $"Answers {exchange.Status} {situation}.");
                return;
            case < 400 when !LostItems(target, exchange):
                context.Results.Pass(ErrorRules.OutageAsAnswer, target.Operation, $"Answers {exchange.Status} {situation}, from what it has or without what failed.");
                return;
        }

        var told = exchange.Status < 400 ? "an empty list" : $"{exchange.Status}";
        context.Results.Add(ErrorFindings.Of(
            context, ErrorRules.OutageAsAnswer, target, Verdict.Fail, $"Answers {told} {situation}; otherwise {target.Normal.Status}", exchange.Status < 400 ? "empty" : "status", exchange,
            [context.Evidence.Of($"The same request {situation}", exchange), context.Evidence.Of("Otherwise", target.Normal.Exchange), context.Evidence.Log("What it wrote", exchange)]));
    }

    /// <summary>Whether a list that holds something is told to be empty.</summary>
    private static bool LostItems(Target target, Exchange exchange)
    {
        if (target.Operation.Method != "GET") return false;
        var (before, now) = (Queries.AnswerShape.Of(target.Normal.Exchange.Response?.Json), Queries.AnswerShape.Of(exchange.Response?.Json));
        return before.Items > 0 && now.Items == 0;
    }

    private void JudgeLog(IReadOnlyList<(Target Target, Exchange Exchange, string Situation)> seen)
    {
        var target = seen[0].Target;
        if (context.Setup.Backend is null || (!context.Setup.Backend.Output.Lines.Any() && seen.All(each => each.Exchange.Log.Count == 0)))
        {
            foreach (var rule in (Rule[])[ErrorRules.Unlogged, ErrorRules.NoTraceId]) context.Results.Inconclusive(rule, target.Operation, "The backend writes nothing to its output: its log is elsewhere.");
            return;
        }

        if (IsHealthCheck(target))
        {
            foreach (var rule in (Rule[])[ErrorRules.Unlogged, ErrorRules.NoTraceId]) context.Results.Pass(rule, target.Operation, "Whoever asks for health is told, and no request has failed: there is nothing to record.");
            return;
        }

        // An outage that is told as one needs no stack: it is no fault of the code.
        var worst = seen.Select(each => (each.Exchange, each.Situation, Trace: LogTraces.Of(each.Exchange.Log))).Select(each => each is { Exchange.Status: 503, Trace: LogTrace.NoStack } ? each with { Trace = LogTrace.Whole } : each).MaxBy(each => each.Trace);
        if (worst.Trace == LogTrace.Whole)
        {
            context.Results.Pass(ErrorRules.Unlogged, target.Operation, "Each failure was recorded with type, message and stack.");
            if (seen.Any(each => LogTraces.LeadsTo(each.Exchange))) context.Results.Pass(ErrorRules.NoTraceId, target.Operation, "An id in the answer stands in the record too.");
            else _withoutId.Add(target.Operation.Key);
            return;
        }

        var (said, fingerprint) = worst.Trace switch
        {
            LogTrace.NoStack => ("has one sentence of it: no stack", "no stack"),
            LogTrace.Empty => ("says that something failed, and not what", "empty"),
            _ => ("has nothing of it", "nothing"),
        };
        context.Results.Add(ErrorFindings.Of(
            context, ErrorRules.Unlogged, target, worst.Trace == LogTrace.NoStack && HasNoStacks(context.Setup) ? Verdict.Advisory : Verdict.Fail, $"Answers {worst.Exchange.Status} {worst.Situation}, and the output {said}", fingerprint, worst.Exchange,
            [context.Evidence.Of($"Asked {worst.Situation}", worst.Exchange), context.Evidence.Log("What it wrote", worst.Exchange)]));
        if (worst.Trace == LogTrace.None) context.Results.Inconclusive(ErrorRules.NoTraceId, target.Operation, "Nothing was recorded that an id could lead to.");
        else if (!LogTraces.LeadsTo(worst.Exchange)) _withoutId.Add(target.Operation.Key);
    }

    /// <summary>Errors of Go and Rust have no stack unless somebody adds one.</summary>
    private static bool HasNoStacks(InspectionSetup setup) =>
        setup is { Host.Directory: { } directory, Backend: { } backend } && (File.Exists(Path.Combine(directory, "go.mod")) || File.Exists(Path.Combine(directory, "Cargo.toml"))) && !LogTraces.HasFrames(backend.Output.Lines.Select(line => line.Raw));

    [System.Text.RegularExpressions.GeneratedRegex(@"/(?:health\w*|healthz|ready|readyz|readiness|live|livez|liveness|ping|status|heartbeat)/?$", System.Text.RegularExpressions.RegexOptions.IgnoreCase)]
    private static partial System.Text.RegularExpressions.Regex HealthCheck();
}
