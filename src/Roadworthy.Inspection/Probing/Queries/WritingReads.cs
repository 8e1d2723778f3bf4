using System.Text.RegularExpressions;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW254: a GET that writes to what it shows. What is kept of who asked, and when, is bookkeeping and none.</summary>
internal static partial class WritingReads
{
    // A write that comes with this many endpoints is the middleware's.
    private const int Everywhere = 3;

    public static void Judge(ProbeContext context, IReadOnlyList<Readings> all)
    {
        var spread = all.SelectMany(readings => Writes(readings).Select(write => (write.Shape, readings.Operation.Key)).Distinct()).ToLookup(each => each.Shape, each => each.Key);
        // So is one that comes with everything that somebody signed in asks, however little that is.
        var signedIn = all.Where(readings => readings.Operation.Method == "GET" && !readings.Identity.IsAnonymous && readings.All.Count > 1).ToList();
        var always = signedIn.Count < 2 ? [] : signedIn.Select(readings => Writes(readings).Select(write => write.Shape).ToHashSet()).Aggregate((one, other) => [.. one.Intersect(other)]);
        foreach (var readings in all)
        {
            var writes = Writes(readings).ToList();
            if (writes.Count == 0)
            {
                context.Results.Pass(QueryRules.WritingGet, readings.Operation, "No statement of it writes.");
                continue;
            }

            var own = writes.Where(write => spread[write.Shape].Distinct(StringComparer.Ordinal).Count() < Everywhere && !always.Contains(write.Shape) && !KeepsWhen(write.Shape.Text) && !write.Shape.Writes.Any(Bookkeeping.Is)).ToList();
            var shown = own.FirstOrDefault(write => write.Shape.Writes.Any(table => IsRead(readings, table)));
            if (shown.Shape is null)
            {
                context.Results.Pass(QueryRules.WritingGet, readings.Operation, $"It writes to {string.Join(", ", writes.SelectMany(write => write.Shape.Writes).Distinct(StringComparer.Ordinal))}, which is not what it shows: bookkeeping.");
                continue;
            }

            context.Results.Add(new QueryFindings(context).Of(
                QueryRules.WritingGet, readings, Verdict.Fail, $"It writes to {string.Join(", ", shown.Shape.Writes)} each time that it is asked", QueryFindings.Fingerprint(shown.Shape),
                [context.Evidence.Statements("What the request asked", readings.Last.Observation.Statements, shape => shape == shown.Shape ? "writes" : null)]));
        }
    }

    /// <summary>Of every request but the first, which may make what is missing.</summary>
    private static IEnumerable<StatementRecord> Writes(Readings readings) =>
        readings.Operation.Method != "GET" ? [] : readings.All.Skip(1).SelectMany(reading => reading.Observation.Writes).Where(write => write.AffectedRows > 0 && write.Outcome == StatementOutcome.Completed);

    /// <summary>Whether an update sets only when somebody, or something, was last there.</summary>
    public static bool KeepsWhen(string sql) =>
        Set().Match(sql) is { Success: true } set && Assigned().Matches(set.Groups["list"].Value) is { Count: > 0 } columns
        && columns.Select(column => string.Join('_', Driving.Names.Words(column.Groups["name"].Value))).ToList() is var names && names.TrueForAll(name => LastTime().IsMatch(name) || name is "updated_at" or "modified_at" or "updated_on") && names.Exists(name => LastTime().IsMatch(name));

    private static bool IsRead(Readings readings, string table) =>
        readings.Shapes.Any(shape => shape.Kind == StatementKind.Read && shape.Reads.Contains(table, StringComparer.Ordinal))
        || readings.Shapes.Any(shape => shape.Kind == StatementKind.Write && shape.Writes.Contains(table, StringComparer.Ordinal) && shape.Text.Contains("returning", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^\s*update\b.*?\bset\b(?<list>.+?)(?:\bwhere\b|\breturning\b|$)", RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex Set();

    [GeneratedRegex(@"(?:^|,)\s*\(?\s*(?:""?\w+""?\.)?""?(?<name>\w+)""?\s*=", RegexOptions.None, 2000)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^last_|_seen(?:_|$)|^seen_|^(?:is_)?active(?:_at)?$|_active_at$|^last\w+(?:at|on)$")]
    private static partial Regex LastTime();
}
