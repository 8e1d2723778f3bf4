using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>The trials of one operation's path and query: one value at a time that is none.</summary>
internal sealed class ParameterTrials(Bench bench, InputNotes notes, ApiOperation operation, Identity who, Call call)
{
    private const string Nul = "a\0";
    // Of the right form, and nothing has it.
    private const string NoSuchId = "5f1d7a84-0000-4000-8000-00000badc0de";

    private static readonly string[] PathValues = ["abc", "-1", "1.5", "99999999999999999999", "1e308", Nul];
    private static readonly string[] NumberValues = ["-1", "abc", "1.5", "1e308", "99999999999999999999", "0", ""];
    private static readonly string[] TextValues = [Nul, "no such value", "%", "'\"\\"];

    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);

    public ApiOperation Operation => operation;

    public int Count { get; private set; }

    public string? Stopped { get; private set; }

    /// <summary>Whether the time was over before all was tried.</summary>
    public bool IsCut { get; private set; }

    public async Task RunAsync(Func<bool> isOver, string? only, CancellationToken ct)
    {
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place is ParameterPlace.Path && call.Path.ContainsKey(parameter.Name)))
            foreach (var value in Guid.TryParse(call.Path[parameter.Name], out _) ? [.. PathValues, NoSuchId] : PathValues) await TryAsync($"path:{parameter.Name}", value, With(path: parameter.Name, value), isOver, only, ct);
        var described = operation.Parameters.Where(parameter => parameter.Place is ParameterPlace.Query).ToList();
        foreach (var parameter in described)
            foreach (var value in IsNumber(parameter) ? NumberValues : [.. TextValues, "-1"]) await TryAsync($"query:{parameter.Name}", value, WithQuery(parameter.Name, value), isOver, only, ct);
        // Pages that nobody described are common in lists.
        if (operation.Method != "GET" || operation.Path.EndsWith('}')) return;
        foreach (var name in ((string[])["page", "limit"]).Where(name => described.All(parameter => !parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
            foreach (var value in (string[])["-1", "abc"]) await TryAsync($"query:{name}", value, WithQuery(name, value), isOver, only, ct);
    }

    private async Task TryAsync(string where, string value, Call changed, Func<bool> isOver, string? only, CancellationToken ct)
    {
        if (Stopped is not null || (only is not null && only != where)) return;
        if (IsCut |= isOver()) return;
        Count++;
        var trial = await bench.TryAsync(changed, who, ct);
        if (trial.Status == 429) Stopped = "It answers 429 (too many requests), from another address too. Raise the limit for the inspection (--env), or switch it off.";
        if (!trial.Crashed) return;
        if (_confirmed.Count == 0 || trial.Status == 0)
        {
            if ((await bench.TryAsync(call, who, ct)).Crashed)
            {
                Stopped = "The call that nothing is changed in fails too.";
                return;
            }

            trial = await bench.TryAsync(changed, who, ct, withLog: true);
            if (!trial.Crashed) return;
            if (trial.Status == 0 && !trial.Died) Stopped = "It left a request without an answer, and was not asked again.";
            _confirmed.Add(trial.SqlState);
        }

        notes.Crashes.Add(new Crash(operation, where, new Change("value", value, $"\"{value.Replace("\0", "\\0", StringComparison.Ordinal)}\""), trial, CrashMark.Of(trial.Exchange.Log), IsParameter: true));
    }

    private static bool IsNumber(ApiParameter parameter) => parameter.Schema.IsNumeric
        || (parameter.Schema.Enum.Count == 0 && Meanings.Of(parameter.Name, parameter.Schema.Format) is Meaning.Limit or Meaning.Page or Meaning.Offset or Meaning.Year or Meaning.Quantity or Meaning.Money or Meaning.Age);

    private Call With(string path, string value)
    {
        var changed = call.Copy();
        changed.Path[path] = value;
        return changed;
    }

    private Call WithQuery(string name, string value)
    {
        var changed = call.Copy();
        changed.Query.RemoveAll(each => each.Key == name);
        changed.Query.Add(new(name, value));
        return changed;
    }
}
