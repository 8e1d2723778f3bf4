using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>One request at one size of the data.</summary>
internal sealed record Reading(Observation Observation, AnswerShape Shape)
{
    public int Count(StatementShape shape) => Observation.Statements.Count(statement => statement.Shape == shape);

    public long RowsRead => Observation.Statements.Where(statement => statement.Shape.Kind == StatementKind.Read).Sum(statement => statement.Rows);
}

/// <summary>All requests to one endpoint, the smallest data first.</summary>
internal sealed class Readings(ApiOperation operation, Identity identity, Call call)
{
    public ApiOperation Operation => operation;

    public Identity Identity => identity;

    public Call Call { get; private set; } = call;

    public List<Reading> All { get; } = [];

    /// <summary>Why there are no more; null where there are all.</summary>
    public string? Missing { get; set; }

    public Reading First => All[0];

    public Reading Last => All[^1];

    /// <summary>What was asked for is gone by now.</summary>
    public void Use(Call other) => Call = other;

    public IEnumerable<StatementShape> Shapes => All.SelectMany(reading => reading.Observation.Statements).Select(statement => statement.Shape).Distinct();
}
