using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>A request and what it does when it is alone.</summary>
internal sealed class Act(Shot shot, SerialRun run)
{
    public Shot Shot => shot;

    public SerialRun Run => run;

    /// <summary>Whether it changes or removes rows that were there.</summary>
    public bool ChangesRows => run.Delta.Tables.Any(table => table.Removed.Count > 0);

    /// <summary>How likely it is that two of it get in each other's way: only an order of trying.</summary>
    public int Weight
    {
        get
        {
            if (run.Delta.IsEmpty || !run.Succeeded(0)) return 0;
            var (seen, weight) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), 1);
            foreach (var statement in run.Statements)
            {
                if (statement.Shape.Kind == StatementKind.Write && statement.Shape.Writes.Any(seen.Contains)) weight = Math.Max(weight, ChangesRows ? 6 : 4);
                if (statement.Shape is { Kind: StatementKind.Read, TakesLocks: false }) seen.UnionWith(statement.Shape.Reads);
            }

            if (Contention.In(run.Delta).Count > 0) weight += 3;
            return weight + Math.Min(2, run.Statements.Count(statement => statement.Shape.Kind == StatementKind.Write) / 2);
        }
    }

    /// <summary>Whether both change one and the same row.</summary>
    public bool SharesRows(Act other) => run.Delta.Tables.Any(table => other.Run.Delta.Of(table.Table) is { } twin && table.Removed.Any(row => twin.Removed.Any(row.SequenceEqual)));

    /// <summary>Whether the other one reads or writes a table in which this one changes rows.</summary>
    public bool Meets(Act other) => ChangesRows && SharesRows(other);
}
