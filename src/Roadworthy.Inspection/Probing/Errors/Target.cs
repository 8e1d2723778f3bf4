using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>An endpoint that is made to fail: a call that works, and what comes of it where nothing fails.</summary>
internal sealed record Target(KnownCall Known, Trial Normal)
{
    public ApiOperation Operation => Known.Operation;

    public Identity Who => Known.Who;

    public Call Call => Known.Call;

    /// <summary>What it asks the database, without the ends of transactions.</summary>
    public IReadOnlyList<StatementShape> Shapes { get; } =
        [.. Normal.Statements.Where(statement => statement.Shape.Kind is StatementKind.Read or StatementKind.Write or StatementKind.Other && statement.Outcome == StatementOutcome.Completed).Select(statement => statement.Shape).Distinct()];

    public IReadOnlyList<StatementShape> Writes => [.. Shapes.Where(shape => shape.Kind == StatementKind.Write)];

    /// <summary>Whether it asks the database at all.</summary>
    public bool IsConcerned => Shapes.Count > 0;
}
