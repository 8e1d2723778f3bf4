using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>The trials of one operation's body: one value changed at a time, in a call that works without the change.</summary>
internal sealed class BodyTrials(Bench bench, InputNotes notes, ApiOperation operation, Identity who, Call call, bool isAuth)
{
    private const int MostHangs = 2;

    private readonly Dictionary<string, ReadBack> _backs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Trial> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CrashMark> _confirmed = new(StringComparer.Ordinal);
    private IReadOnlyList<BodyField> _fields = [];
    private int _hangs;

    public ApiOperation Operation => operation;

    public IReadOnlyList<BodyField> Fields => _fields;

    /// <summary>Why it can't be tried, or not any further; null where it can.</summary>
    public string? Stopped { get; private set; }

    public int Count { get; private set; }

    /// <summary>Fields whose kept value could be read back.</summary>
    public int Readable => _backs.Values.Count(back => back.IsPossible);

    /// <summary>Whether it changes any row but those of a backend's own books.</summary>
    public bool Keeps { get; private set; }

    /// <summary>Whether the call works as it is, and where each of its fields comes back.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        _fields = BodyField.Of(call);
        var control = await bench.TryAsync(call, who, ct);
        if (!control.Succeeded)
        {
            Stopped = $"The call that nothing is changed in does not work: it answers {control.Status}{Success.Quote(control.Exchange)}";
            return;
        }

        Keeps = control.Delta.Tables.Any(delta => !Bookkeeping.Is(delta.Table.Name));
        foreach (var field in _fields) _backs[field.Pointer] = field.Kind is FieldKind.Secret ? new ReadBack([], []) : ReadBack.Of(field, control);
    }

    /// <summary>Whether the time was over before all was tried.</summary>
    public bool IsCut { get; private set; }

    /// <param name="turn">0 for what is compared between endpoints, 1 for what is early, 2 for all else.</param>
    public async Task RunAsync(int turn, Func<bool> isOver, string? only, CancellationToken ct)
    {
        if (turn == 1 && only is null or "/") await BodiesAsync(ct);
        foreach (var field in _fields.Where(field => only is null || field.Pointer == only))
        {
            foreach (var change in Change.Of(field, operation.Method is "PATCH").Where(change => change.Turn == turn))
            {
                if (Stopped is not null) return;
                if (IsCut = isOver()) return;
                await TryAsync(field, change, ct);
            }
        }
    }

    private async Task BodiesAsync(CancellationToken ct)
    {
        foreach (var change in (Change[])[new("broken", "{\"a\":", "a body that is no JSON"), new("list-body", "[]", "a list in place of an object"), new("null-body", "null", "null in place of an object")])
        {
            if (Stopped is not null) return;
            var changed = RawBody.With(call, "", change.Raw);
            var trial = await SendAsync(changed, ct);
            if (trial.Crashed) await ConfirmAsync("", change, changed, trial, ct);
        }
    }

    private async Task TryAsync(BodyField field, Change change, CancellationToken ct)
    {
        var changed = RawBody.With(call, field.Pointer, change.Raw);
        var trial = await SendAsync(changed, ct);
        if (Stopped is not null) return;
        if (change.Id == "missing") _missing[field.Pointer] = trial;
        if (trial.Crashed) await ConfirmAsync(field.Pointer, change, changed, trial, ct);
        else if (trial.Status is 400 or 422) Refused(field, change, trial);
        else if (trial.Succeeded) await TakenAsync(field, change, trial, ct);
    }

    private async Task<Trial> SendAsync(Call changed, CancellationToken ct)
    {
        Count++;
        var trial = await bench.TryAsync(changed, who, ct);
        if (trial.Status == 429) Stopped = "It answers 429 (too many requests), from another address too. Raise the limit for the inspection (--env), or switch it off.";
        return trial;
    }

    /// <summary>Only what happens again, and not without the change, is the change's doing.</summary>
    private async Task ConfirmAsync(string pointer, Change change, Call changed, Trial trial, CancellationToken ct)
    {
        if (trial.Status == 0 && !trial.Died && ++_hangs > MostHangs) Stopped = $"It left {MostHangs} requests without an answer, and was not asked again.";
        var known = $"{trial.SqlState} {(trial.SqlState.Length > 0 ? "" : change.Id)}";
        if (!_confirmed.TryGetValue(known, out var mark))
        {
            var control = await bench.TryAsync(call, who, ct);
            if (!control.Succeeded)
            {
                Stopped = $"The call that nothing is changed in fails too, all of a sudden: it answers {control.Status}{Success.Quote(control.Exchange)}";
                return;
            }

            trial = await bench.TryAsync(changed, who, ct, withLog: true);
            if (!trial.Crashed) return;
            _confirmed[known] = mark = CrashMark.Of(trial.Exchange.Log);
        }

        notes.Crashes.Add(new Crash(operation, pointer, change, trial, mark, IsParameter: false));
    }

    private void Refused(BodyField field, Change change, Trial trial)
    {
        if (change.Expects is Expectation.TextForValue && change.Id is not "text-true") notes.Refused.Add(new Place(operation, field, trial));
        // Whoever logs in is told on purpose that something was wrong, not what.
        if (!change.IsForm || (isAuth && (field.Kind is FieldKind.Secret || Naming.IsAboutCredentials(trial.Exchange.Response!))) || field.Kind is FieldKind.Reference || Naming.Names(trial.Exchange.Response!, field, change)) return;
        notes.Nameless.Add(new Refusal(field, change, trial, Naming.Words(trial.Exchange.Response!)));
    }

    private async Task TakenAsync(BodyField field, Change change, Trial trial, CancellationToken ct)
    {
        var backs = _backs[field.Pointer].In(trial);
        switch (change.Expects)
        {
            case Expectation.TextForValue or Expectation.Kept:
                var wrong = backs.Where(back => Kept.IsOther(field, change, back.Value)).ToList();
                if (wrong.Count > 0) notes.Stored.Add(new Stored(field, change, trial, wrong[0].Where, wrong[0].Value));
                else if (change.Id is "text" or "text-true") notes.Taken.Add(new Place(operation, field, trial));
                break;
            case Expectation.AsMissing:
                await AsMissingAsync(field, change, trial, backs, ct);
                break;
            case Expectation.Refused:
                Forbidden(field, change, trial, backs);
                break;
        }
    }

    /// <summary>Nothing may be kept as nothing, or as where the field is left out; not as zero.</summary>
    private async Task AsMissingAsync(BodyField field, Change change, Trial trial, IReadOnlyList<(string Where, string? Value)> backs, CancellationToken ct)
    {
        var zero = backs.FirstOrDefault(back => Kept.IsZero(back.Value));
        if (zero.Value is null || Kept.IsZero(JsonCopy.Scalar(field.Value)) || Kept.IsZero(_backs[field.Pointer].Before(trial))) return;
        if (!_missing.TryGetValue(field.Pointer, out var missing)) _missing[field.Pointer] = missing = await SendAsync(RawBody.With(call, field.Pointer, null), ct);
        if (missing.Succeeded && _backs[field.Pointer].In(missing).Any(back => back.Value == zero.Value)) return;
        notes.Stored.Add(new Stored(field, change, trial, zero.Where, zero.Value));
    }

    private void Forbidden(BodyField field, Change change, Trial trial, IReadOnlyList<(string Where, string? Value)> backs)
    {
        if (change.Id == "missing")
        {
            // Required by the description only, off unless it is said, or filled in by a rule of the backend's own: not a fault by itself.
            var zero = backs.FirstOrDefault(back => Kept.IsZero(back.Value));
            if (backs.Count > 0) notes.Forbidden.Add(new Stored(field, change, trial, zero.Where ?? backs[0].Where, zero.Value ?? backs[0].Value, IsSure: zero.Value is not null && field.Kind is FieldKind.Integer or FieldKind.Number or FieldKind.Date or FieldKind.Instant));
            return;
        }

        if (backs.Count == 0 || Kept.Sent(change) is not { } sent) return;
        var same = backs.FirstOrDefault(back => Kept.IsSame(field.Kind, sent, back.Value));
        if (same.Where is not null) notes.Forbidden.Add(new Stored(field, change, trial, same.Where, same.Value));
        else notes.Stored.Add(new Stored(field, change, trial, backs[0].Where, backs[0].Value));
    }
}
