using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Requests;

/// <summary>A finding with its figures, as logs and metrics have them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">In words.</param>
internal sealed record Found(QueryFindingKind Kind, string Text)
{
    /// <summary>What is told once a minute only: the same of the same statement.</summary>
    public string Key { get; init; } = "";

    public string Sql { get; init; } = "";

    public string Place { get; init; } = "";

    /// <summary>How many, or how many milliseconds.</summary>
    public long Amount { get; init; }

    /// <summary>How many are allowed, or different.</summary>
    public long? Other { get; init; }

    public static Found Of(QueryFindingKind kind, string text, Fingerprint statement, long amount, long? other = null) =>
        new(kind, text) { Key = statement.Id, Sql = statement.Text, Amount = amount, Other = other };
}
