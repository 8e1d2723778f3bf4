namespace Roadworthy.Queries;

/// <summary>How many statements a request of the endpoint may send: for whoever describes it.</summary>
/// <param name="Statements">The most.</param>
public sealed record QueryBudgetMetadata(int Statements);

/// <summary>A GET of the endpoint may write, on purpose.</summary>
internal sealed record WritesAllowedMetadata;

/// <summary>Requests of the endpoint are not kept in the history.</summary>
internal sealed record NoHistoryMetadata;
