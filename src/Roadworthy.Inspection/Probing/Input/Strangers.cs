using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Somebody whom nobody knows logs in, or asks for a new password: the row that is looked for is not there. And nobody asks for what takes somebody.</summary>
internal static class Strangers
{
    private const int Deepest = 3;

    public static async Task TryAsync(ProbeContext context, IReadOnlyList<KnownCall> calls, Bench bench, InputNotes notes, string? only, CancellationToken ct)
    {
        if (only is null or "/") await NobodyAsync(context, calls, bench, notes, ct);
        var shapes = AuthShapes.Of(context.Setup.Description);
        foreach (var known in calls.Where(known => shapes.LogIn.Contains(known.Operation) || known.Operation.Path.Contains("forgot", StringComparison.OrdinalIgnoreCase)))
        {
            if (context.Clock.IsUp) return;
            if (known.Call.Body is not JsonObject body || Named(body, "", 0) is not { } field || (only is not null && only != field)) continue;
            var call = known.Call.Copy();
            Replace(call.Body!, field);
            var trial = await bench.TryAsync(call, known.Who, ct, withLog: true);
            if (trial.Crashed && trial.Status != 0 && !(await bench.TryAsync(known.Call, known.Who, ct)).Crashed)
                notes.Crashes.Add(new Crash(known.Operation, field, new Change("stranger", null, "somebody whom nobody knows"), trial, CrashMark.Of(trial.Exchange.Log), IsParameter: false));
        }
    }

    private static async Task NobodyAsync(ProbeContext context, IReadOnlyList<KnownCall> calls, Bench bench, InputNotes notes, CancellationToken ct)
    {
        foreach (var known in calls.Where(known => !known.Who.IsAnonymous && context.Setup.Survey.Of(known.Operation, context.Setup.Anonymous)?.Exchange?.Status >= 500))
        {
            if (context.Clock.IsUp) return;
            var trial = await bench.TryAsync(known.Call, context.Setup.Anonymous, ct, withLog: true);
            if (trial.Status >= 500) notes.Crashes.Add(new Crash(known.Operation, "", new Change("nobody", null, "without signing in"), trial, CrashMark.Of(trial.Exchange.Log), IsParameter: false));
        }
    }

    /// <summary>Where a body says who it is.</summary>
    private static string? Named(JsonObject of, string at, int depth)
    {
        foreach (var (name, value) in of)
        {
            if (value is JsonObject inner && depth < Deepest && Named(inner, $"{at}/{name}", depth + 1) is { } found) return found;
            if (value?.GetValueKind() is System.Text.Json.JsonValueKind.String && Meanings.Of(name, null) is Meaning.Email or Meaning.UserName or Meaning.Phone) return $"{at}/{name}";
        }

        return null;
    }

    private static void Replace(JsonNode body, string field)
    {
        var parts = field.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.SkipLast(1)) body = body[part]!;
        var known = body[parts[^1]]!.ToString();
        // As long, and of the same form: only that nobody is called so.
        body[parts[^1]] = known.Contains('@', StringComparison.Ordinal) ? "nobody.at.all@example.com" : known.All(char.IsDigit) ? new string('9', known.Length) : "nobodyatall";
    }
}
