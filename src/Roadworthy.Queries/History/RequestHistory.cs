namespace Roadworthy.Queries;

/// <summary>
/// The requests that this instance has answered: the latest 200, and the 50 slowest of the last hour. Empty unless <see cref="QueriesOptions.KeepHistory"/>.
/// Safe to use from any number of threads.
/// </summary>
public sealed class RequestHistory
{
    private readonly RequestTrace[] _latest = [];

    /// <summary>The latest first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<RequestTrace> Latest(int count) => [.. _latest.Take(count)];

    /// <summary>The slowest of the last hour first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<RequestTrace> Slowest(int count) => [.. _latest.OrderByDescending(trace => trace.Duration).Take(count)];

    /// <summary>The request of an id; null where it is none, or no longer kept.</summary>
    /// <param name="id">As <see cref="RequestTrace.Id"/> has it.</param>
    public RequestTrace? Find(string id) => Array.Find(_latest, trace => trace.Id == id);
}
