using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>The trials of one operation's path and query: one value at a time that is none.</summary>
internal sealed class ParameterTrials(Bench bench, InputNotes notes, KnownCall known)
{
    private const string Nul = "a\0";
    // Of the right form, and nothing has it.
    private const string NoSuchId = "5f1d7a84-0000-4000-8000-00000badc0de";

    private static readonly string[] PathValues = ["abc", "-1", "1.5", "99999999999999999999", "1e308", Nul];
    private static readonly string[] NumberValues = ["-1", "abc", "1.5", "1e308", "99999999999999999999", "0", ""];
    private static readonly string[] TextValues = [Nul, "no such value", "%", "'\"\\"];

    // No hexadecimal digits, no UTF-8, and a slash in more bytes than it needs.
    private static readonly string[] Undecodable = ["%ZZ", "%FF", "%C0%AF"];

    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);
    private readonly Call _call = known.Call;
    private bool? _works;

    public ApiOperation Operation => known.Operation;

    public int Count { get; private set; }

    public string? Stopped { get; private set; }

    /// <summary>Whether the time was over before all was tried.</summary>
    public bool IsCut { get; private set; }

    private List<ApiParameter> Described => [.. Operation.Parameters.Where(parameter => parameter.Place is ParameterPlace.Query)];

    public async Task RunAsync(Func<bool> isOver, string? only, CancellationToken ct)
    {
        foreach (var parameter in Operation.Parameters.Where(parameter => parameter.Place is ParameterPlace.Path && _call.Path.ContainsKey(parameter.Name)))
        {
            foreach (var value in Guid.TryParse(_call.Path[parameter.Name], out _) ? [.. PathValues, NoSuchId] : PathValues) await TryAsync($"path:{parameter.Name}", Plain(value), With(parameter.Name, value), isOver, only, ct);
            foreach (var value in Undecodable) await TryAsync($"path:{parameter.Name}", Broken(value), With(parameter.Name, value, isEscaped: true), isOver, only, ct);
        }

        foreach (var parameter in Described)
            foreach (var value in IsNumber(parameter) ? NumberValues : [.. TextValues, "-1"]) await TryAsync($"query:{parameter.Name}", Plain(value), WithQuery(parameter.Name, value), isOver, only, ct);
        if (Described.Count > 0) await TryAsync($"query:{Described[0].Name}", Broken("%ZZ"), WithQuery(Described[0].Name, "%ZZ", isEscaped: true), isOver, only, ct);
        // Pages that nobody described are common in lists.
        if (Operation.Method != "GET" || Operation.Path.EndsWith('}')) return;
        foreach (var name in ((string[])["page", "limit"]).Where(name => Described.All(parameter => !parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
            foreach (var value in (string[])["-1", "abc"]) await TryAsync($"query:{name}", Plain(value), WithQuery(name, value), isOver, only, ct);
    }

    private async Task TryAsync(string where, Change change, Call changed, Func<bool> isOver, string? only, CancellationToken ct)
    {
        if (Stopped is not null || (only is not null && only != where)) return;
        if (IsCut |= isOver()) return;
        Count++;
        var trial = await bench.TryAsync(changed, known.Who, ct);
        if (trial.Status == 429) Stopped = "It answers 429 (too many requests), from another address too. Raise the limit for the inspection (--env), or switch it off.";
        if (!trial.Died) notes.Recent.Add(new SentTrial(known, where, change, changed, IsParameter: true));
        if (trial.Crashed) await CrashedAsync(where, change, changed, trial, ct);
        else if (trial.Status is 400 or 422) await RefusedAsync(where, change, trial, ct);
    }

    private async Task CrashedAsync(string where, Change change, Call changed, Trial trial, CancellationToken ct)
    {
        if (_confirmed.Count == 0 || trial.Status == 0)
        {
            if ((await bench.TryAsync(_call, known.Who, ct)).Crashed)
            {
                Stopped = "The call that nothing is changed in fails too.";
                return;
            }

            var first = trial;
            trial = await bench.TryAsync(changed, known.Who, ct, withLog: true);
            if (!trial.Crashed)
            {
                if (first.Died) await notes.Recent.BlameAsync(bench, notes, Operation, first, ct);
                return;
            }

            if (trial.Status == 0 && !trial.Died) Stopped = "It left a request without an answer, and was not asked again.";
            _confirmed.Add(trial.SqlState);
        }

        notes.Crashes.Add(new Crash(Operation, where, change, trial, CrashMark.Of(trial.Exchange.Log), IsParameter: true));
    }

    /// <summary>A refusal that could be of any of several values has to tell which, or why. What can't be decoded is refused by the server, before anybody has looked at a name.</summary>
    private async Task RefusedAsync(string where, Change change, Trial trial, CancellationToken ct)
    {
        var (place, name) = (where[..where.IndexOf(':', StringComparison.Ordinal)], where[(where.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var response = trial.Exchange.Response!;
        if (known.IsAuth || change.Id != "value" || change.Raw is Nul or "%" or "'\"\\" || Secrets.IsSecretName(name)) return;
        var others = Operation.Parameters.Count(parameter => parameter.Place is ParameterPlace.Path or ParameterPlace.Query && parameter.Name != name) + (_call.Body is null ? 0 : 1);
        // Where there is but one, anybody sees which: of a query a word is due all the same.
        if (others == 0 && (place == "path" || !ParameterNaming.IsSilent(response))) return;
        var thing = place == "path" ? Driving.Names.CollectionOf(Operation.Path, name) : null;
        if (ParameterNaming.Tells(response, name, change.Raw!) || (thing is not null && ParameterNaming.Tells(response, thing, ""))) return;
        _works ??= (await bench.TryAsync(_call, known.Who, ct)).Succeeded;
        if (_works is true) notes.Nameless.Add(new Refusal(where, name, change, trial, Naming.Words(response)));
    }

    private static Change Plain(string value) => new("value", value, $"\"{value.Replace("\0", "\\0", StringComparison.Ordinal)}\"");

    private static Change Broken(string value) => new(Change.Undecodable, value, $"{value}, which can't be decoded");

    private static bool IsNumber(ApiParameter parameter) => parameter.Schema.IsNumeric
        || (parameter.Schema.Enum.Count == 0 && Meanings.Of(parameter.Name, parameter.Schema.Format) is Meaning.Limit or Meaning.Page or Meaning.Offset or Meaning.Year or Meaning.Quantity or Meaning.Money or Meaning.Age);

    private Call With(string path, string value, bool isEscaped = false)
    {
        var changed = _call.Copy();
        changed.Path[path] = value;
        if (isEscaped) changed.Escaped.Add("path:" + path);
        return changed;
    }

    private Call WithQuery(string name, string value, bool isEscaped = false)
    {
        var changed = _call.Copy();
        changed.Query.RemoveAll(each => each.Key == name);
        changed.Query.Add(new(name, value));
        if (isEscaped) changed.Escaped.Add("query:" + name);
        return changed;
    }
}
