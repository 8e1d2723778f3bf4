using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing;

/// <summary>One request that was alone, and all that came of it.</summary>
/// <param name="Exchange">Request and answer, with what the backend wrote.</param>
/// <param name="Statements">What it asked the database, in order, without what pools and drivers ask for themselves.</param>
internal sealed record Observation(Exchange Exchange, IReadOnlyList<StatementRecord> Statements)
{
    public IEnumerable<StatementRecord> Writes => Statements.Where(statement => statement.Shape.Kind == StatementKind.Write);
}
