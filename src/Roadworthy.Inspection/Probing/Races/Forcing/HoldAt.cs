using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Where a request is held: before its i-th write, or before the commit that covers it.</summary>
/// <param name="Write">From 1 on.</param>
/// <param name="IsCommit">Whether the write is done, and its commit waits.</param>
/// <param name="Text">The statement, for a report.</param>
internal sealed record HoldAt(int Write, bool IsCommit, string Text)
{
    private const int MostWrites = 4;

    /// <summary>The points of a request, by what it did when it was alone: the likeliest first.</summary>
    public static IReadOnlyList<HoldAt> Of(IReadOnlyList<StatementRecord> statements)
    {
        var writes = statements.Where(statement => statement.Shape.Kind == StatementKind.Write).Take(MostWrites).ToList();
        var points = new List<HoldAt>();
        for (var n = 0; n < writes.Count; n++)
        {
            points.Add(new HoldAt(n + 1, IsCommit: false, writes[n].Shape.Text));
            if (n == writes.Count - 1 || !SharesCommit(statements, writes[n], writes[n + 1])) points.Add(new HoldAt(n + 1, IsCommit: true, writes[n].Shape.Text));
        }

        // Before anything is written everything has been looked at; at the end everything is done that a statement alone can miss.
        return [.. points.OrderBy(point => point is { Write: 1, IsCommit: false } ? 0 : point == points[^1] ? 1 : 2)];
    }

    /// <summary>Two writes of one transaction have one commit.</summary>
    private static bool SharesCommit(IReadOnlyList<StatementRecord> statements, StatementRecord one, StatementRecord next)
    {
        if (one.ConnectionId != next.ConnectionId) return false;
        if (one.Batch == next.Batch) return true;
        return next.Before == TransactionStatus.InTransaction
            && !statements.Any(statement => statement.ConnectionId == one.ConnectionId && statement.Shape.Kind == StatementKind.Commit && statement.SentAt >= one.SentAt && statement.SentAt <= next.SentAt);
    }
}
