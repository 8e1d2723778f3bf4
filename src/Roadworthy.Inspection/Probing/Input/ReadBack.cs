using System.Text.Json.Nodes;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Where a field of a request comes back: found by the request that works, by name and value together.</summary>
/// <param name="Pointers">In the answer.</param>
/// <param name="Columns">Of rows that the request writes.</param>
/// <param name="Shown">In what a GET of the same thing answers.</param>
internal sealed record ReadBack(IReadOnlyList<string> Pointers, IReadOnlyList<(Table Table, int Column)> Columns, IReadOnlyList<string> Shown)
{
    private const int Deepest = 6;

    /// <summary>Of what is never compared.</summary>
    public static ReadBack None { get; } = new([], [], []);

    public bool IsPossible => Pointers.Count + Columns.Count + Shown.Count > 0;

    private Exchange? Control { get; init; }

    public static ReadBack Of(BodyField field, Trial control)
    {
        var pointers = new List<string>();
        Walk(control.Exchange.Response?.Json, "", field, pointers, 0);
        var shown = new List<string>();
        if (control.Shown?.Succeeded is true && control.Shown.Response!.Json is JsonObject thing) Walk(thing, "", field, shown, 0);
        var columns = control.Delta.Tables.SelectMany(delta => delta.Table.Columns
            .Select((column, at) => (Column: column, At: at))
            .Where(each => Names.Plain(each.Column.Name) == Names.Plain(field.Name) && delta.Added.Any(row => Kept.IsSame(field.Kind, field.Value, row[each.At])))
            .Select(each => (delta.Table, each.At)));
        return new(pointers, [.. columns], shown) { Control = control.Shown };
    }

    /// <summary>Each place with what stands there after a trial; a place that tells nothing is left out.</summary>
    public IReadOnlyList<(string Where, string? Value)> In(Trial trial)
    {
        var found = new List<(string, string?)>();
        // An answer that repeats half a pair as it came tells nothing of what was kept.
        var isEcho = trial.Exchange.Response?.Text.Contains("\\ud800", StringComparison.OrdinalIgnoreCase) is true;
        foreach (var pointer in isEcho ? [] : Pointers)
            if (At(trial.Exchange.Response?.Json, pointer, out var node)) found.Add(("the answer", node is JsonValue value ? JsonCopy.Scalar(value) : node?.ToJsonString()));
        foreach (var (table, column) in Columns)
            if (trial.Delta.Of(table) is { Added.Count: 1 } delta) found.Add(($"{table}.{table.Columns[column].Name}", delta.Added[0][column]));
        return found;
    }

    /// <summary>Each place in what a GET of the same thing showed, with what stood there. One that still shows what the call that works had left may be a copy from before.</summary>
    public IReadOnlyList<(string Where, string? Value)> InShown(BodyField field, Trial trial)
    {
        var found = new List<(string, string?)>();
        if (trial.Shown is not { Succeeded: true } shown) return found;
        foreach (var pointer in Shown)
        {
            if (!At(shown.Response!.Json, pointer, out var node)) continue;
            var value = node is JsonValue scalar ? JsonCopy.Scalar(scalar) : node?.ToJsonString();
            if (shown.Request.Target != Control?.Request.Target || !Kept.IsSame(field.Kind, field.Value, value)) found.Add((shown.Operation!.Key, value));
        }

        return found;
    }

    /// <summary>What a row that the trial changed held before; null where none was, or it was null.</summary>
    public string? Before(Trial trial) =>
        Columns.Select(each => trial.Delta.Of(each.Table) is { Removed.Count: 1 } delta ? delta.Removed[0][each.Column] : null).FirstOrDefault(value => value is not null);

    private static void Walk(JsonNode? node, string pointer, BodyField field, List<string> found, int depth)
    {
        if (depth > Deepest || found.Count > 3) return;
        if (node is JsonArray list && list.Count > 0 && list.Count <= 5)
            for (var n = 0; n < list.Count; n++) Walk(list[n], $"{pointer}/{n}", field, found, depth + 1);
        if (node is not JsonObject of) return;
        foreach (var (name, value) in of)
        {
            if (value is JsonValue scalar)
            {
                if (Names.Plain(name) == Names.Plain(field.Name) && Kept.IsSame(field.Kind, field.Value, JsonCopy.Scalar(scalar))) found.Add($"{pointer}/{name}");
            }
            else
            {
                Walk(value, $"{pointer}/{name}", field, found, depth + 1);
            }
        }
    }

    private static bool At(JsonNode? node, string pointer, out JsonNode? value)
    {
        value = node;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            if (value is JsonObject of && of.TryGetPropertyValue(part, out var member)) value = member;
            else if (value is JsonArray list && int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var at) && at < list.Count) value = list[at];
            else return false;
        }

        return true;
    }
}
