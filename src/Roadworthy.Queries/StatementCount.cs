namespace Roadworthy.Queries;

/// <summary>How often a statement was sent.</summary>
/// <param name="Sql">With <c>?</c> in place of every literal and parameter.</param>
/// <param name="Count">How often.</param>
/// <param name="Place">Where from, such as <c>OrdersList.cs:41</c>; null where it came once, or nothing tells.</param>
public sealed record StatementCount(string Sql, int Count, string? Place);
