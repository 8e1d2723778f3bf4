using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>The trials of one operation's body: one value changed at a time, in a call that works without the change.</summary>
internal sealed class BodyTrials(Bench bench, InputNotes notes, KnownCall known, Func<Exchange, Call?>? shows)
{
    private const int MostHangs = 2;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly Call _call = known.Call;
    private readonly bool _isForm = FormChanges.IsForm(known.Call);
    private readonly BodyKept _kept = new(notes);
    private readonly Dictionary<string, CrashMark> _confirmed = new(StringComparer.Ordinal);
    private Func<Exchange, Call?>? _shows = shows;
    private IReadOnlyList<BodyField> _fields = [];
    private int _hangs;

    public ApiOperation Operation => known.Operation;

    public IReadOnlyList<BodyField> Fields => _fields;

    /// <summary>Why it can't be tried, or not any further; null where it can.</summary>
    public string? Stopped { get; private set; }

    public int Count { get; private set; }

    /// <summary>Fields whose kept value could be read back.</summary>
    public int Readable => _kept.Readable;

    /// <summary>Whether the time was over before all was tried.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether a large body may be tried here.</summary>
    public bool TakesLarge => Stopped is null && !known.IsAuth && !_isForm && _fields.Count > 0;

    /// <summary>Whether it changes any row but those of a backend's own books.</summary>
    public bool Keeps { get; private set; }

    /// <summary>Whether the call works as it is, and where each of its fields comes back.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        // What a form has within an object is one text of it.
        _fields = [.. BodyField.Of(_call).Where(field => !_isForm || field.Pointer.LastIndexOf('/') == 0)];
        var control = await bench.TryAsync(_call, known.Who, ct, shows: _shows);
        if (!control.Succeeded)
        {
            Stopped = $"The call that nothing is changed in does not work: it answers {control.Status}{Success.Quote(control.Exchange)}";
            return;
        }

        Keeps = control.Delta.Tables.Any(delta => !Bookkeeping.Is(delta.Table.Name));
        if (!_kept.Learn(_fields, control)) _shows = null;
    }

    /// <param name="turn">0 for what is compared between endpoints, 1 for what is early, 2 for all else.</param>
    public async Task RunAsync(int turn, Func<bool> isOver, string? only, CancellationToken ct)
    {
        if (turn == 1 && only is null or "/")
        {
            foreach (var (change, changed) in Stopped is null ? BrokenBodies.Of(_call, _fields, known.IsAuth) : [])
            {
                if (IsCut = isOver()) return;
                await BodyAsync(change, changed, ct);
                if (Stopped is not null) return;
            }
        }

        foreach (var field in _fields.Where(field => only is null || field.Pointer == only))
        {
            foreach (var change in Changes(field).Where(change => change.Turn == turn))
            {
                if (Stopped is not null) return;
                if (IsCut = isOver()) return;
                await TryAsync(field, change, ct);
            }
        }
    }

    /// <summary>A body that is too large: who refuses it may hang up in the middle, and that is no fault.</summary>
    public async Task LargeAsync(CancellationToken ct)
    {
        var (change, changed) = BrokenBodies.LargeOf(_call);
        var trial = await SendAsync(new Sent("", change, changed), ct, linger: Linger);
        if (trial.Status == 0 && !trial.Died && (await bench.TryAsync(_call, known.Who, ct)).Status != 0) return;
        if (trial.Died && await SendAsync(new Sent("", change, changed), ct, linger: Linger) is { Died: false })
        {
            await notes.Recent.BlameAsync(bench, notes, Operation, trial, ct);
            return;
        }

        if (trial.Crashed) notes.Crashes.Add(new Crash(Operation, "", change, trial, CrashMark.Of(trial.Exchange.Log), IsParameter: false));
    }

    private IEnumerable<Change> Changes(BodyField field)
    {
        return _isForm ? FormChanges.Of(field, Operation.Method is "PATCH") : Change.Of(field, Operation);
    }

    private async Task BodyAsync(Change change, Call changed, CancellationToken ct)
    {
        var sent = new Sent("", change, changed);
        var trial = await SendAsync(sent, ct);
        if (trial.Crashed) await ConfirmAsync(sent, trial, ct);
    }

    private async Task TryAsync(BodyField field, Change change, CancellationToken ct)
    {
        var sent = new Sent(field.Pointer, change, _isForm ? FormChanges.With(_call, field, change) : RawBody.With(_call, field.Pointer, change.Raw));
        var trial = await SendAsync(sent, ct);
        if (Stopped is not null) return;
        if (change.Id == "missing") _kept.Missing[field.Pointer] = trial;
        if (trial.Crashed) await ConfirmAsync(sent, trial, ct);
        else if (trial.Status is 400 or 422) Refused(field, change, trial);
        else if (trial.Succeeded) await _kept.JudgeAsync(field, change, trial, again: () => SendAsync(sent, ct), missing: () => SendAsync(Left(field), ct));
    }

    private Sent Left(BodyField field)
    {
        var change = new Change("missing", null, "left out");
        return new(field.Pointer, change, _isForm ? FormChanges.With(_call, field, change) : RawBody.With(_call, field.Pointer, null));
    }

    private async Task<Trial> SendAsync(Sent sent, CancellationToken ct, TimeSpan linger = default)
    {
        Count++;
        var trial = await bench.TryAsync(sent.Call, known.Who, ct, withLog: linger > TimeSpan.Zero, linger: linger, shows: _shows);
        if (trial.Status == 429) Stopped = "It answers 429 (too many requests), from another address too. Raise the limit for the inspection (--env), or switch it off.";
        if (trial.Died) return trial;
        notes.Recent.Add(new SentTrial(known, sent.Pointer, sent.Change, sent.Call, IsParameter: false));
        return trial;
    }

    /// <summary>Only what happens again, and not without the change, is the change's doing.</summary>
    private async Task ConfirmAsync(Sent sent, Trial trial, CancellationToken ct)
    {
        if (trial.Status == 0 && !trial.Died && ++_hangs > MostHangs) Stopped = $"It left {MostHangs} requests without an answer, and was not asked again.";
        var seen = $"{trial.SqlState} {(trial.SqlState.Length > 0 ? "" : sent.Change.Id)}";
        if (!_confirmed.TryGetValue(seen, out var mark))
        {
            var control = await bench.TryAsync(_call, known.Who, ct);
            if (!control.Succeeded)
            {
                Stopped = $"The call that nothing is changed in fails too, all of a sudden: it answers {control.Status}{Success.Quote(control.Exchange)}";
                return;
            }

            var (hasDied, died) = (trial.Died, trial);
            trial = await bench.TryAsync(sent.Call, known.Who, ct, withLog: true);
            if (!trial.Crashed)
            {
                // It ended late, of what was sent before.
                if (hasDied) await notes.Recent.BlameAsync(bench, notes, Operation, died, ct);
                return;
            }

            _confirmed[seen] = mark = CrashMark.Of(trial.Exchange.Log);
        }

        notes.Crashes.Add(new Crash(Operation, sent.Pointer, sent.Change, trial, mark, IsParameter: false));
    }

    private void Refused(BodyField field, Change change, Trial trial)
    {
        if (change.Expects is Expectation.TextForValue && change.Id is not "text-true") notes.Refused.Add(new Place(Operation, field, trial));
        // Whoever logs in is told on purpose that something was wrong, not what.
        if (!change.IsForm || (known.IsAuth && (field.Kind is FieldKind.Secret || Naming.IsAboutCredentials(trial.Exchange.Response!))) || field.Kind is FieldKind.Reference || Naming.Names(trial.Exchange.Response!, field, change)) return;
        notes.Nameless.Add(new Refusal(field.Pointer, field.Shown, change, trial, Naming.Words(trial.Exchange.Response!)));
    }

    /// <param name="Pointer">Of the field; empty for the whole body.</param>
    private sealed record Sent(string Pointer, Change Change, Call Call);
}
