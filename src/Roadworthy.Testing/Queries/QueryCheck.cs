using System.Globalization;
using Roadworthy.Queries;

namespace Roadworthy.Testing;

/// <summary>
/// The statements that a piece of a test sends to PostgreSQL, as assertions: those of code that the test calls, and those of requests that it sends to a
/// server in the same process, which has <c>UseRoadworthyQueries()</c>. Other tests may run at the same time. To be disposed of in the method that began it.
/// </summary>
public sealed class QueryCheck : IDisposable
{
    private const string TraceParent = "traceparent";

    private readonly QueryRecorder _recorder;
    private readonly HttpClient? _client;
    private readonly int _threshold;

    private QueryCheck(HttpClient? client, int repeatThreshold)
    {
        _recorder = QueryRecorder.Begin(repeatThreshold, withRequests: true);
        (_client, _threshold) = (client, repeatThreshold);
        if (client is null) return;
        client.DefaultRequestHeaders.Remove(TraceParent);
        client.DefaultRequestHeaders.Add(TraceParent, _recorder.TraceParent);
    }

    /// <summary>How many statements were sent so far.</summary>
    public int Statements => Parts().Sum(part => part.Statements);

    /// <summary>What the test's own code sent, and then what each request did that has ended.</summary>
    public IReadOnlyList<QuerySummary> Sent => Parts();

    /// <summary>Begins to record.</summary>
    /// <param name="client">
    /// Sends the requests. Needed for the client of a TestServer; a client that goes over a socket tells by itself. Its requests carry a header until then.
    /// </param>
    /// <param name="repeatThreshold">From how many round trips on a statement with different values is an N+1: 2 to 1,000, 5 by default. So the test needs as many rows.</param>
    public static QueryCheck Begin(HttpClient? client = null, int repeatThreshold = 5) => new(client, repeatThreshold);

    /// <summary>No more than so many statements were sent, in all.</summary>
    /// <param name="statements">The most.</param>
    /// <exception cref="QueryCheckException">More were sent; or none at all though some are expected, which proves nothing.</exception>
    public QueryCheck AtMost(int statements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(statements);
        var parts = Parts();
        var sent = parts.Sum(part => part.Statements);
        if (sent == 0 && statements > 0) throw Nothing("AtMost(0) is for what sends none");
        return sent <= statements ? this : throw new QueryCheckException(Text($"{sent} statements were sent, and {statements} are the most:{Environment.NewLine}{List(parts)}"));
    }

    /// <summary>No statement was sent again and again with different values.</summary>
    /// <exception cref="QueryCheckException">One was; or nobody can tell, because the data source does not tell of values; or nothing was sent, which proves nothing.</exception>
    public QueryCheck NoNPlusOne()
    {
        var parts = Parts();
        if (parts.Sum(part => part.Statements) == 0) throw Nothing("");
        var repeats = parts.SelectMany(part => part.Repeats).ToList();
        var faults = repeats.Where(repeat => repeat.IsNPlusOne).Select(repeat =>
            Text($"N+1: one statement {repeat.Count} times with {repeat.DifferentValues} different values, from {repeat.Place}:{Environment.NewLine}  {repeat.Sql}")).ToList();
        if (faults.Count > 0) throw new QueryCheckException(string.Join(Environment.NewLine, faults));
        if (repeats.Find(repeat => repeat.DifferentValues is null && repeat.Count >= _threshold) is not { } unknown) return this;
        throw new QueryCheckException(Text(
            $"One statement was sent {unknown.Count} times, and nobody knows with which values. Call UseRoadworthyQueries() on the builder of its data source:{Environment.NewLine}  {unknown.Sql}"));
    }

    /// <summary>Ends it. What was recorded can still be asserted.</summary>
    public void Dispose()
    {
        _recorder.Dispose();
        _client?.DefaultRequestHeaders.Remove(TraceParent);
    }

    private List<QuerySummary> Parts()
    {
        // Requests first: what they wait for may be the test's own.
        var requests = _recorder.Requests();
        return [_recorder.Summary, .. requests];
    }

    private static QueryCheckException Nothing(string otherwise) => new(
        "No statement was recorded, which proves nothing. A server has to have UseRoadworthyQueries(), in this process; the client of a TestServer has to be given to Begin"
        + (otherwise.Length == 0 ? "." : $"; {otherwise}."));

    private static string List(List<QuerySummary> parts) => string.Join(Environment.NewLine, parts.SelectMany(part => part.Sent)
        .GroupBy(sent => sent.Sql, StringComparer.Ordinal)
        .Select(group => (Sql: group.Key, Count: group.Sum(sent => sent.Count), group.First().Place))
        .OrderByDescending(sent => sent.Count)
        .Select(sent => Text($"  {sent.Count} x {sent.Sql}{(sent.Place is null ? "" : $"  [{sent.Place}]")}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
