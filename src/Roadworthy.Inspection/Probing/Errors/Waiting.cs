using System.Diagnostics;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>
/// RW455: one statement that is not answered, and the request that waits for it. It takes longer than all else, so it is begun before everything, on one
/// connection, and looked at in the end. A lock in the database would hold up others too.
/// </summary>
internal sealed class Waiting : IDisposable
{
    private const int AtOnce = 3;
    /// <summary>Drivers that have a limit of their own have 30 seconds.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(36);
    private static readonly TimeSpan ForOthers = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly ProbeContext _context;
    private readonly ApiOperation _operation;
    private readonly ApiClient _client;
    private readonly List<Hold> _holds = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private Task<Exchange>? _waiting;
    private string? _missing;
    private bool _serverLimits;

    private Waiting(ProbeContext context, ApiOperation operation) =>
        (_context, _operation, _client) = (context, operation, new ApiClient(context.Setup.Driver.Client.Target, TimeSpan.FromMinutes(5)));

    /// <summary>Null where nothing reads.</summary>
    public static async Task<Waiting?> BeginAsync(ProbeContext context, CancellationToken ct)
    {
        var traces = Traces.Of(context);
        foreach (var operation in context.Operations.Where(operation => operation.Method == "GET" && !AuthShapes.IsDangerous(operation)).OrderBy(operation => operation.Path.Count(c => c == '{')))
        {
            if (context.WhoCan(operation) is not { } who || traces.Successes(operation) is not { Count: > 0 } seen || context.Setup.Survey.Of(operation, who)?.Call is not { } call) continue;
            if (seen[^1].Statements.LastOrDefault(statement => statement.Shape.Kind == StatementKind.Read && statement.Shape.Reads.Count > 0).Shape is not { } shape) continue;
            var waiting = new Waiting(context, operation);
            await waiting.BeginAsync(call, who, shape, ct);
            return waiting;
        }

        return null;
    }

    public async Task JudgeAsync(CancellationToken ct)
    {
        if (_waiting is null || _missing is not null)
        {
            _context.Results.Inconclusive(ErrorRules.Hangs, _operation, _missing ?? "It was not tried.");
            return;
        }

        var left = Bound - Stopwatch.GetElapsedTime(_started);
        if (!_waiting.IsCompleted && left > TimeSpan.Zero && left < _context.Clock.Whole - _context.Clock.Elapsed - ForOthers) await Task.WhenAny(_waiting, Task.Delay(left, ct));
        var waited = Stopwatch.GetElapsedTime(_started);
        if (_waiting.IsCompleted)
        {
            var exchange = await _waiting;
            _context.Results.Pass(ErrorRules.Hangs, _operation, $"With a statement that was not answered, the request {(exchange.Status == 0 ? "was given up" : $"was answered {exchange.Status}")} after {exchange.Elapsed.TotalSeconds:0} s.");
        }
        else if (_serverLimits)
        {
            _context.Results.Pass(ErrorRules.Hangs, _operation, "The server is told to cancel statements that take too long.");
        }
        else if (waited < Bound)
        {
            _context.Results.Inconclusive(ErrorRules.Hangs, _operation, $"No answer came within {waited.TotalSeconds:0} s, and many drivers give up after 30: give --budget a minute or more.");
        }
        else
        {
            Report(waited);
        }
    }

    public void Dispose()
    {
        foreach (var hold in _holds) hold.Dispose();
        _client.Dispose();
    }

    private async Task BeginAsync(Call call, Identity who, StatementShape shape, CancellationToken ct)
    {
        try
        {
            await HoldAsync(call, who, shape, ct);
        }
        catch (TimeoutException)
        {
            (_waiting, _missing) = (null, "Requests beside the one that waited were not answered in time: which of them waits can't be told.");
            foreach (var hold in _holds) hold.Release();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private async Task HoldAsync(Call call, Identity who, StatementShape shape, CancellationToken ct)
    {
        var request = _context.Setup.Driver.RequestOf(call, who);
        for (var n = 0; n < AtOnce; n++) _holds.Add(_context.Wire.Hold(HoldPoint.BeforeStatement, ErrorFindings.Only(shape), TimeSpan.FromMinutes(4)));
        var asked = Enumerable.Range(0, AtOnce).Select(_ => _client.SendAsync(request, who.Name, _operation, ct)).ToList();
        var reached = await Task.WhenAll(_holds.Select(hold => hold.ReachedAsync(Soon, ct)));
        // Where few are served at a time, one that waits would be in the way of everything that is tried.
        var free = reached.All(each => each) && await IsFreeAsync(request, who, ct);
        foreach (var hold in free ? _holds.Skip(1) : _holds) hold.Release();
        if (free)
        {
            var held = _holds[0].Connection!;
            _serverLimits = held.LimitsStatements || await ServerLimitsAsync(held.Id, ct);
            // Which of the requests it is that waits is seen by the others being answered.
            while (asked.Count > 1) asked.Remove(await Task.WhenAny(asked).WaitAsync(TimeSpan.FromSeconds(10), ct));
            _waiting = asked[0];
        }
        else
        {
            await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(30), ct);
            _missing = $"It serves fewer than {AtOnce + 1} requests at a time: one that waits would have held up everything else that is tried.";
        }
    }

    private async Task<bool> IsFreeAsync(WireRequest request, Identity who, CancellationToken ct)
    {
        var other = _client.SendAsync(request, who.Name, _operation, ct);
        return await Task.WhenAny(other, Task.Delay(Soon, ct)) == other && (await other).Status != 0;
    }

    /// <summary>By a SET of the session's own, or by what the account and the database have as their setting.</summary>
    private async Task<bool> ServerLimitsAsync(int connection, CancellationToken ct)
    {
        if (_context.Statements.Since(0).Any(record => record.ConnectionId == connection && record.Shape.Text.Contains("statement_timeout", StringComparison.Ordinal))) return true;
        await using var own = await Sql.OpenAsync(_context.Database, ct);
        return (await Sql.ScalarAsync(own, "SELECT current_setting('statement_timeout')", ct)) is string limit && limit != "0";
    }

    private void Report(TimeSpan waited)
    {
        var call = _holds[0].Shape!;
        var exchange = new Exchange { Operation = _operation, Identity = "A", Request = new WireRequest("GET", _operation.Path, []), Failure = $"no answer within {waited.TotalSeconds:0} s", StartedAt = _started, EndedAt = Stopwatch.GetTimestamp() };
        _context.Results.Add(new Finding
        {
            Rule = ErrorRules.Hangs.Id,
            Endpoint = _operation.Key,
            Verdict = Verdict.Fail,
            Fingerprint = "statement",
            Summary = $"With a statement that is not answered, the request is not answered either: {Bound.TotalSeconds:0} s were waited",
            Evidence = [_context.Evidence.Of("A request whose statement waits", exchange), new PlacesEvidence("The statement", [_context.Scrubber.Scrub(call.Text)])],
            Recipe = $"{ErrorFindings.Name} {ErrorRules.Hangs.Id} {_operation.Key}",
            Remedy = "Give the pool a limit for getting a connection, and each statement one (statement_timeout, and the driver's own), well below what users wait.",
        });
    }
}
