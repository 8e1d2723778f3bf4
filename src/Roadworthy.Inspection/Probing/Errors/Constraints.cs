using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>RW450: requests that break a unique index, a CHECK or a foreign key, as clients do.</summary>
internal sealed partial class Constraints(ProbeContext context, Bench bench, HalfWrites halves)
{
    public async Task TryAsync(Target target, CancellationToken ct)
    {
        if (target.Call.Body is null || target.Writes.Count == 0) return;
        var tried = 0;
        foreach (var (what, call, first) in Broken(target))
        {
            // What is there already has to be there.
            if (first is not null && !Success.Is(await context.Setup.Driver.TryAsync(first, target.Who, ct))) continue;
            var trial = await bench.TryAsync(call, target.Who, ct, withLog: true);
            if (first is null) await halves.JudgeAsync(target, what, () => bench.TryAsync(call.Copy(), target.Who, ct, withLog: true), trial);
            if (!trial.SqlState.StartsWith("23", StringComparison.Ordinal)) continue;
            tried++;
            if (trial.Crashed) context.Results.Add(ErrorFindings.Of(
                context, ErrorRules.ConstraintAs500, target, Verdict.Fail, $"{what} breaks a constraint ({trial.SqlState}), and is answered {trial.Status}", trial.SqlState, trial.Exchange,
                [context.Evidence.Of(what, trial.Exchange), context.Evidence.Statements("What it asked", trial.Statements, shape => trial.Statements.Any(each => each.Shape == shape && !each.Error.IsNone) ? trial.SqlState : null), context.Evidence.Log("What it wrote", trial.Exchange)]));
            else if (Inside.Of(trial.Exchange.Response!.Text) is { } shown) context.Results.Add(ErrorFindings.Of(
                context, ErrorRules.Leak, target, Verdict.Fail, $"{what}, and the answer shows {shown}", "constraint", trial.Exchange, [context.Evidence.Of(what, trial.Exchange)]));
            if (context.Clock.IsUp) break;
        }

        context.Results.Pass(ErrorRules.ConstraintAs500, target.Operation, tried == 0 ? "Nothing that was tried broke a constraint: it is refused before, or allowed." : $"Of {tried} requests that broke a constraint each was answered with a 4xx.");
    }

    private IEnumerable<(string What, Call Call, Call? First)> Broken(Target target)
    {
        if (target.Operation.Method == "POST") yield return ("The same again", target.Call.Copy(), target.Call.Copy());
        var tables = bench.Catalogue.Tables.Where(table => target.Writes.Any(shape => shape.Writes.Contains(table.Name, StringComparer.Ordinal))).ToList();
        foreach (var taken in Taken(target.Call, tables)) yield return taken;
        if (target.Call.Body is not JsonObject body) yield break;
        foreach (var (name, value) in body)
        {
            var column = tables.SelectMany(table => table.Checks.Select(check => (Column: table.Columns.FirstOrDefault(column => Names.Plain(column.Name) == Names.Plain(name)), check))).FirstOrDefault(each => each.Column is not null && each.check.Contains(each.Column.Name, StringComparison.Ordinal));
            if (column.Column is not null && Breaking(column.check, column.Column.Name, value) is { } bad) yield return ($"{name}: {bad.ToJsonString()}", With(target.Call, name, bad), null);
        }

        foreach (var binding in target.Call.Bindings.Where(binding => binding.Where.StartsWith('/') && binding.Where.LastIndexOf('/') == 0))
            yield return ($"{binding.Where[1..]} that does not exist", With(target.Call, binding.Where[1..], Missing(body[binding.Where[1..]], binding.Value)), null);
    }

    /// <summary>Each field that is unique by itself, with what another row has there: where several are, often one is looked at only.</summary>
    private IEnumerable<(string What, Call Call, Call? First)> Taken(Call call, List<Table> tables)
    {
        foreach (var (pointer, name, value) in Scalars(call.Body, ""))
        {
            foreach (var table in tables.Where(table => table.Uniques.Any(key => key is { Columns: [var only], HasExpression: false, IsPartial: false } && Names.Plain(only) == Names.Plain(name))))
            {
                var at = table.Columns.ToList().FindIndex(column => Names.Plain(column.Name) == Names.Plain(name));
                if (bench.RowsOf(table).Select(row => row[at]).FirstOrDefault(each => each is { Length: > 0 } && each != JsonCopy.Scalar(value)) is not { } taken) continue;
                var raw = value.GetValueKind() is JsonValueKind.Number ? taken : JsonValue.Create(taken).ToJsonString();
                yield return ($"{name} that another row of {table} has", Input.RawBody.With(call, pointer, raw), null);
            }
        }
    }

    private static IEnumerable<(string Pointer, string Name, JsonValue Value)> Scalars(JsonNode? node, string pointer)
    {
        if (node is not JsonObject of) yield break;
        foreach (var (name, value) in of)
        {
            if (value is JsonValue scalar && scalar.GetValueKind() is JsonValueKind.String or JsonValueKind.Number) yield return ($"{pointer}/{name}", name, (JsonValue)value);
            else foreach (var inner in Scalars(value, $"{pointer}/{name}")) yield return inner;
        }
    }

    private static JsonValue? Breaking(string check, string column, JsonNode? value)
    {
        if (value?.GetValueKind() is JsonValueKind.Number && Least().Match(check) is { Success: true } least && least.Groups["column"].Value == column)
        {
            var bound = long.Parse(least.Groups["bound"].ValueSpan, CultureInfo.InvariantCulture);
            return JsonValue.Create(least.Groups["than"].Value == ">" ? bound : bound - 1);
        }

        return value?.GetValueKind() is JsonValueKind.String && check.Contains("= ANY", StringComparison.Ordinal) ? JsonValue.Create("roadworthy") : null;
    }

    /// <summary>A reference of the same form that nothing has.</summary>
    public static JsonNode Missing(JsonNode? like, string value)
    {
        if (like?.GetValueKind() is JsonValueKind.Number) return JsonValue.Create(2_000_000_011);
        return JsonValue.Create(Guid.TryParse(value, out _) ? "5f1d7a84-0000-4000-8000-00000badc0de" : value + "-0");
    }

    private static Call With(Call call, string name, JsonNode value)
    {
        var other = call.Copy();
        other.Body![name] = value;
        return other;
    }

    [GeneratedRegex(@"\(*""?(?<column>\w+)""?\)?\s*(?<than>>=|>)\s*\(?'?(?<bound>-?\d{1,9})\b")]
    private static partial Regex Least();
}
