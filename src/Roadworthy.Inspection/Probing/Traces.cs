using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing;

/// <summary>What requests that were sent already asked the database, as far as nothing else was under way with them: told by the times of both.</summary>
internal sealed class Traces
{
    private readonly Dictionary<string, List<Observation>> _byOperation = new(StringComparer.Ordinal);

    /// <summary>The tables that a request which succeeded has written to, reads left out.</summary>
    public IReadOnlySet<string> Written { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    public static Traces Of(ProbeContext context)
    {
        var traces = new Traces();
        var records = context.Statements.Since(0).Where(record => !context.Noise.Contains(record)).OrderBy(record => record.SentAt).ToList();
        var history = context.Setup.Driver.History.OrderBy(exchange => exchange.StartedAt).ToList();
        var (at, ended) = (0, 0L);
        for (var n = 0; n < history.Count; n++)
        {
            var exchange = history[n];
            var isAlone = exchange.StartedAt >= ended && (n + 1 == history.Count || history[n + 1].StartedAt >= exchange.EndedAt);
            ended = Math.Max(ended, exchange.EndedAt);
            while (at < records.Count && records[at].SentAt < exchange.StartedAt) at++;
            if (!isAlone || exchange.Operation is not { } operation) continue;
            var own = records.Skip(at).TakeWhile(record => record.SentAt <= exchange.EndedAt).ToList();
            if (!traces._byOperation.TryGetValue(operation.Key, out var list)) traces._byOperation[operation.Key] = list = [];
            list.Add(new Observation(exchange, own));
        }

        traces.Written = traces._byOperation.Values.SelectMany(list => list).Where(seen => seen.Exchange.Succeeded && seen.Exchange.Operation is { IsSafe: false })
            .SelectMany(seen => seen.Writes).SelectMany(write => write.Shape.Writes).ToHashSet(StringComparer.Ordinal);
        return traces;
    }

    /// <summary>Of requests that succeeded, in order.</summary>
    public IReadOnlyList<Observation> Successes(ApiOperation operation) => _byOperation.TryGetValue(operation.Key, out var list) ? [.. list.Where(seen => Success.Is(seen.Exchange))] : [];

    /// <summary>Whether a request of it that succeeded has written anything.</summary>
    public bool Writes(ApiOperation operation) => Successes(operation).Any(seen => seen.Writes.Any());
}
