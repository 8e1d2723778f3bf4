using System.Globalization;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Shows a trial to a person: who did what when, and what it left beside what it should have.</summary>
internal sealed class RaceEvidence(ProbeContext context)
{
    private const int LongestStatement = 300;
    private const int MostSteps = 40;

    public IReadOnlyList<Evidence> Of(TrialRun trial, StateDelta expected, StateSignatures signatures) =>
    [
        Interleaving(trial),
        new ComparisonEvidence("What is left in the database, beside what it was before", Describe(expected, signatures), Describe(trial.Delta, signatures)),
        context.Evidence.Of("A, which was held", trial.A),
        context.Evidence.Of("B, meanwhile", trial.B!),
    ];

    public InterleavingEvidence Interleaving(TrialRun trial)
    {
        var steps = new List<(long At, InterleavingStep Step)>();
        var ofB = trial.Statements.Where(statement => statement.ConnectionId != trial.HolderId && statement.SentAt >= trial.HeldAt && statement.SentAt <= trial.ReleasedAt).Select(statement => statement.ConnectionId).ToHashSet();
        foreach (var statement in trial.Statements)
        {
            var isB = statement.ConnectionId != trial.HolderId && statement.SentAt >= trial.HeldAt && (ofB.Contains(statement.ConnectionId) || statement.SentAt <= trial.ReleasedAt);
            steps.Add((statement.SentAt, new InterleavingStep(isB ? "B" : "A", Text(statement))));
        }

        steps.Add((trial.HeldAt, new InterleavingStep("A", trial.At.IsCommit ? "is held before the COMMIT of what it has just written" : $"is held before: {Cut(trial.At.Text)}", IsHold: true)));
        steps.Add((trial.ReleasedAt, new InterleavingStep("A", trial.End switch
        {
            TrialEnd.Blocked => "goes on, since B waits for its lock",
            TrialEnd.Stuck => "goes on, since B waits for something outside of the database",
            TrialEnd.TimedOut => "goes on, since B has not come to its end in time",
            _ => "goes on",
        }, IsHold: true)));
        steps.Add((trial.A.EndedAt, new InterleavingStep("A", $"answers {trial.A.Status}")));
        if (trial.B is { } b) steps.Add((b.EndedAt, new InterleavingStep("B", $"answers {b.Status}")));
        return new InterleavingEvidence("In this order", [.. steps.OrderBy(step => step.At).Select(step => step.Step).Take(MostSteps)]);
    }

    /// <summary>Rows more and less, and numbers as they were and are; texts may be somebody's secret.</summary>
    public static IReadOnlyList<string> Describe(StateDelta delta, StateSignatures signatures)
    {
        var lines = new List<string>();
        foreach (var table in delta.Tables)
        {
            var more = table.Added.Count - table.Removed.Count;
            if (more != 0) lines.Add($"{table.Table}: {Math.Abs(more)} {(Math.Abs(more) == 1 ? "row" : "rows")} {(more > 0 ? "more" : "less")}");
            if (table.Removed.Count == 0 || table.Added.Count == 0) continue;
            var numbers = Numbers(table, signatures).ToList();
            lines.AddRange(numbers.Count > 0 ? numbers : [$"{table.Table}: {Math.Min(table.Added.Count, table.Removed.Count)} changed"]);
        }

        return lines.Count == 0 ? ["nothing has changed"] : lines;
    }

    private static IEnumerable<string> Numbers(TableDelta table, StateSignatures signatures)
    {
        for (var column = 0; column < table.Table.Columns.Count; column++)
        {
            if (table.Table.Columns[column].Category != 'N' || signatures.IsVolatile(table.Table, column)) continue;
            var (before, after) = (Sum(table.Removed, column), Sum(table.Added, column));
            if (before != after) yield return string.Create(CultureInfo.InvariantCulture, $"{table.Table}.{table.Table.Columns[column].Name}: {before} became {after}");
        }
    }

    private static decimal Sum(IEnumerable<string?[]> rows, int column) =>
        rows.Sum(row => decimal.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e18m ? number : 0);

    private string Text(StatementRecord statement)
    {
        var text = Cut(statement.Shape.Text);
        return statement.Outcome == StatementOutcome.Failed ? $"{text} -- fails with {statement.Error}" : text;
    }

    private string Cut(string text) => context.Scrubber.Scrub(text.Length <= LongestStatement ? text : text[..LongestStatement] + "...");
}
