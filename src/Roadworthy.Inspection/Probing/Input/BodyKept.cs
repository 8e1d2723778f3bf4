using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Whether what one operation has taken is what it keeps, and shows.</summary>
internal sealed class BodyKept(InputNotes notes)
{
    private readonly Dictionary<string, ReadBack> _backs = new(StringComparer.Ordinal);

    /// <summary>Fields whose kept value could be read back.</summary>
    public int Readable => _backs.Values.Count(back => back.IsPossible);

    /// <summary>By pointer: what comes of it where the field is left out.</summary>
    public Dictionary<string, Trial> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>Where each field comes back, by the call that works.</summary>
    /// <returns>Whether a GET shows any of them.</returns>
    public bool Learn(IReadOnlyList<BodyField> fields, Trial control)
    {
        foreach (var field in fields) _backs[field.Pointer] = field.Kind is FieldKind.Secret or FieldKind.File ? ReadBack.None : ReadBack.Of(field, control);
        return _backs.Values.Any(back => back.Shown.Count > 0);
    }

    /// <param name="field">That was changed.</param>
    /// <param name="change">How.</param>
    /// <param name="trial">It was answered with success.</param>
    /// <param name="again">Sends the same once more.</param>
    /// <param name="missing">Sends it without the field.</param>
    public async Task JudgeAsync(BodyField field, Change change, Trial trial, Func<Task<Trial>> again, Func<Task<Trial>> missing)
    {
        var backs = _backs[field.Pointer].In(trial);
        // Where neither answer nor row tells, what is shown does.
        var shown = _backs[field.Pointer].InShown(field, trial);
        switch (change.Expects)
        {
            case Expectation.TextForValue or Expectation.Kept:
                var wrong = backs.Where(back => Kept.IsOther(field, change, back.Value)).ToList();
                if (wrong.Count == 0 && IsShownOther(shown) && IsShownOther(_backs[field.Pointer].InShown(field, await again()))) wrong = [.. shown.Where(back => Kept.IsOther(field, change, back.Value))];
                if (wrong.Count > 0) notes.Stored.Add(new Stored(field, change, trial, wrong[0].Where, wrong[0].Value));
                else if (change.Id is "text" or "text-true") notes.Taken.Add(new Place(trial.Exchange.Operation!, field, trial));
                break;
            case Expectation.AsMissing:
                await AsMissingAsync(field, change, trial, backs.Count > 0 ? backs : shown, missing);
                break;
            case Expectation.Refused:
                Forbidden(field, change, trial, backs.Count > 0 ? backs : shown);
                break;
        }

        // A page may show the beginning of a long text.
        bool IsShownOther(IReadOnlyList<(string Where, string? Value)> places) => change.Id is not "long" && places.Any(back => Kept.IsOther(field, change, back.Value));
    }

    /// <summary>Nothing may be kept as nothing, or as where the field is left out; not as zero.</summary>
    private async Task AsMissingAsync(BodyField field, Change change, Trial trial, IReadOnlyList<(string Where, string? Value)> backs, Func<Task<Trial>> send)
    {
        var zero = backs.FirstOrDefault(back => Kept.IsZero(back.Value));
        if (zero.Value is null || Kept.IsZero(JsonCopy.Scalar(field.Value)) || Kept.IsZero(_backs[field.Pointer].Before(trial))) return;
        if (!Missing.TryGetValue(field.Pointer, out var missing)) Missing[field.Pointer] = missing = await send();
        var left = _backs[field.Pointer].In(missing);
        if (missing.Succeeded && (left.Count > 0 ? left : _backs[field.Pointer].InShown(field, missing)).Any(back => back.Value == zero.Value)) return;
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
