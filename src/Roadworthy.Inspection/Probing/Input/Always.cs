using System.Text.RegularExpressions;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>What has never worked because its code can't: a request as described is a 500 each time, for a statement that no database takes or a function that is not there.</summary>
internal static partial class Always
{
    // A table that is missing may be one that was not brought up here.
    private static readonly string[] WrongSql = ["42601", "42702", "42703", "42803", "42725", "42P18"];

    public static async Task TryAsync(ProbeContext context, WorkingCalls calls, Bench bench, InputNotes notes, CancellationToken ct)
    {
        var people = context.Setup.Users.Append(context.Setup.Administrator).OfType<Identity>().DefaultIfEmpty(context.Setup.Anonymous).ToList();
        foreach (var operation in context.Operations.Where(operation => calls.Missing.ContainsKey(operation.Key)))
        {
            if (context.Clock.IsUp) return;
            if (people.Find(person => context.Setup.Survey.Of(operation, person) is { Succeeded: false, Exchange.Status: >= 500 }) is not { } who || context.Setup.Driver.Build(operation, who) is not { } call) continue;
            var trial = await bench.TryAsync(call, who, ct, withLog: true);
            if (!IsWrongCode(trial) || !IsWrongCode(await bench.TryAsync(call, who, ct, withLog: true))) continue;
            notes.Crashes.Add(new Crash(operation, "", new Change("always", null, "every request, as described"), trial, CrashMark.Of(trial.Exchange.Log), IsParameter: false));
        }
    }

    /// <summary>What a body holds may be what a function is missing of, so that only statements tell there.</summary>
    private static bool IsWrongCode(Trial trial) =>
        trial.Status >= 500 && (WrongSql.Contains(trial.SqlState, StringComparer.Ordinal) || (trial.SqlState.Length == 0 && trial.Exchange.Operation!.Body is null && trial.Exchange.Log.Any(line => NotThere().IsMatch(line))));

    [GeneratedRegex(@"TypeError: [\w.$]+ is not a (?:function|constructor)|ReferenceError: \w+ is not defined|NameError: name '|AttributeError: module '|NotImplementedException|NotImplementedError")]
    private static partial Regex NotThere();
}
