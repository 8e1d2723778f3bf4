using System.Diagnostics;
using Npgsql;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing;

/// <summary>
/// Where calls are tried one at a time, and what each did to the data is taken back: so the same call works again, and what breaks in one trial breaks no other.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeathLimit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StatementLimit = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly ProbeContext _context;
    private readonly DatabaseState _root;
    private readonly Returning _returning;
    private readonly List<(Identity Who, string? Refresh)> _tokens;
    private DatabaseState _state;
    private long _position;
    private int _serial;
    private bool _isDirty;

    private Bench(ProbeContext context, DatabaseState state)
    {
        (_context, _root, _state, _position, _returning) = (context, state, state, context.Statements.Position, new Returning(context.Setup.Accounts));
        _tokens = [.. context.Setup.Users.Append(context.Setup.Administrator).OfType<Identity>().Select(who => (who, who.RefreshToken))];
    }

    public Catalogue Catalogue => _state.Catalogue;

    /// <summary>The rows as they are between two trials.</summary>
    public IReadOnlyList<string?[]> RowsOf(Table table) => _state.RowsOf(table);

    /// <summary>Remembers the data as they are.</summary>
    public static async Task<Bench> PrepareAsync(ProbeContext context, CancellationToken ct) =>
        new(context, await DatabaseState.TakeAsync(context.Database, ct, context.Noise.Written));

    /// <summary>Sends a call, tells all that came of it, and takes it back. A backend that ended is started anew, and whoever's session has ended is let in again.</summary>
    /// <param name="call">What is tried.</param>
    /// <param name="who">Asks.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="withLog">Whether what the backend wrote is kept.</param>
    /// <param name="linger">How long the backend is given to end of it once it has answered. Default: it is looked at once.</param>
    /// <param name="shows">Makes the GET of what a success has made or changed, from its answer; asked before that is taken back.</param>
    public async Task<Trial> TryAsync(Call call, Identity who, CancellationToken ct, bool withLog = false, TimeSpan linger = default, Func<Exchange, Call?>? shows = null)
    {
        var trial = await TryOnceAsync(Returning.Renewed(call, who), who, withLog, linger, shows, ct);
        if (trial.Status != 401 || !await _returning.LetInAsync(who, ct)) return trial;
        // Who they are now is part of what every trial begins from.
        await SettleAsync(ct);
        (_state, _position) = (await _state.AgainAsync(ct), _context.Statements.Position);
        Remember(who);
        return await TryOnceAsync(Returning.Renewed(call, who), who, withLog, linger, shows, ct);
    }

    private async Task<Trial> TryOnceAsync(Call call, Identity who, bool withLog, TimeSpan linger, Func<Exchange, Call?>? shows, CancellationToken ct)
    {
        await CleanAsync(ct);
        await FreshenAsync(call, who, ct);
        var position = _context.Statements.Position;
        var exchange = await SendAsync(call, who, ct);
        var died = await HasDiedAsync(exchange.Status == 0 ? DeathLimit : linger, ct);
        if (withLog || died) exchange = await _context.Setup.WithLogAsync(exchange, ct);
        await SettleAsync(ct);
        var statements = _context.Statements.Since(position).Where(record => !_context.Noise.Contains(record)).ToList();
        var shown = !died && Success.Is(exchange) && shows?.Invoke(exchange) is { } get ? await SendAsync(get, who, ct) : null;
        if (shown is not null) await SettleAsync(ct);
        var delta = await TakeBackAsync(ct);
        if (died) await RestartAsync(who, ct);
        return new Trial(exchange, statements, delta, died) { Shown = shown };
    }

    /// <summary>Takes back what happened since the last trial, if anything.</summary>
    public async Task<StateDelta> TakeBackAsync(CancellationToken ct)
    {
        var since = _context.Statements.Since(_position);
        _position = _context.Statements.Position;
        if (!since.Any(record => record.Shape.Kind is StatementKind.Write or StatementKind.Other or StatementKind.Execute && record.Outcome != StatementOutcome.Failed)) return StateDelta.None;
        var delta = await _state.DeltaAsync(ct);
        try
        {
            await _state.RestoreAsync(delta, ct);
        }
        catch (PostgresException e) when (e.SqlState != PostgresErrorCodes.InsufficientPrivilege)
        {
            // A connection that the backend lost still holds a lock: it is tried again before the next trial.
            _isDirty = true;
        }

        foreach (var (who, refresh) in _tokens) who.RefreshToken = refresh;
        return delta;
    }

    public async ValueTask DisposeAsync()
    {
        await TakeBackAsync(CancellationToken.None);
        await CleanAsync(CancellationToken.None);
        await _root.DisposeAsync();
    }

    /// <summary>What an earlier trial left is no other's doing: it is taken back at last, or else is what the next one begins from.</summary>
    private async Task CleanAsync(CancellationToken ct)
    {
        if (!_isDirty) return;
        try
        {
            await _state.RestoreAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState != PostgresErrorCodes.InsufficientPrivilege)
        {
            _state = await _state.AgainAsync(ct);
        }

        (_isDirty, _position) = (false, _context.Statements.Position);
    }

    /// <summary>What may be used once, or changes with each writing: a key of its own, the tag as it is now.</summary>
    private async Task FreshenAsync(Call call, Identity who, CancellationToken ct)
    {
        call.UseKey(Dice.For(_context.Seed, "bench", (++_serial).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (call.Headers.ContainsKey("If-Match") && await TagFinder.FetchAsync(_context.Setup.Driver, call, who, ct) is { } tag) call.Headers["If-Match"] = tag;
    }

    private async Task<Exchange> SendAsync(Call call, Identity who, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerLimit);
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await _context.Setup.Driver.TryAsync(call, who, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Exchange
            {
                Operation = call.Operation,
                Identity = who.Name,
                Request = call.ToRequest(_context.Setup.Description.Prefix, who),
                Failure = $"No answer within {AnswerLimit.TotalSeconds:0} s.",
                StartedAt = started,
                EndedAt = Stopwatch.GetTimestamp(),
            };
        }
    }

    private async Task RestartAsync(Identity who, CancellationToken ct)
    {
        await _context.Setup.RestartAsync(ct);
        foreach (var person in await _context.Setup.LetBackInAsync([who], ct)) Remember(person);
    }

    private void Remember(Identity person)
    {
        var at = _tokens.FindIndex(each => each.Who == person);
        if (at >= 0) _tokens[at] = (person, person.RefreshToken);
    }

    private async Task<bool> HasDiedAsync(TimeSpan limit, CancellationToken ct)
    {
        if (_context.Setup.Backend is not { } backend) return false;
        for (var started = Stopwatch.GetTimestamp(); !backend.HasExited && Stopwatch.GetElapsedTime(started) < limit;) await Task.Delay(20, ct);
        return backend.HasExited;
    }

    private async Task SettleAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StatementLimit && _context.Wire.Connections.Any(connection => connection.InFlight > 0 && !connection.IsHeld)) await Task.Delay(Look, ct);
    }
}

/// <summary>One call, and what came of it.</summary>
/// <param name="Statements">What it asked the database, errors included.</param>
/// <param name="Delta">What it did to the data; it is taken back already.</param>
/// <param name="Died">Whether the backend's process ended of it.</param>
internal sealed record Trial(Exchange Exchange, IReadOnlyList<StatementRecord> Statements, StateDelta Delta, bool Died)
{
    /// <summary>What has not been tried yet.</summary>
    public static Trial Nothing { get; } = new(new Exchange { Identity = "", Request = new WireRequest("GET", "/", []), StartedAt = 0, EndedAt = 0 }, [], StateDelta.None, Died: false);

    /// <summary>What a GET showed of what it made or changed, before that was taken back; null where none was asked.</summary>
    public Exchange? Shown { get; init; }

    public int Status => Exchange.Status;

    public bool Succeeded => Success.Is(Exchange);

    /// <summary>A 5xx, no answer at all, or an answer and then the end.</summary>
    public bool Crashed => Died || Status is 0 or >= 500;

    /// <summary>Why the database refused first; empty where it did not. What follows is of a transaction that has failed already.</summary>
    public string SqlState => Statements.FirstOrDefault(record => record.Outcome == StatementOutcome.Failed) is { Outcome: StatementOutcome.Failed } failed ? failed.Error.ToString() : "";
}
