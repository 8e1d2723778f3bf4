using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Places;

/// <summary>
/// From where each endpoint sends what it repeats. To walk a stack costs as much as a statement; a place in the code is not another one with the next
/// request. Looked at anew each second, for an endpoint that sends the same from here and there.
/// </summary>
internal sealed class KnownPlaces(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(object Endpoint, Fingerprint Statement), (CallSite Place, long Since)> _known = new();

    public bool TryFind(object endpoint, Fingerprint statement, [NotNullWhen(true)] out CallSite? place)
    {
        place = _known.TryGetValue((endpoint, statement), out var known) && time.GetElapsedTime(known.Since) < Trusted ? known.Place : null;
        return place is not null;
    }

    /// <returns>What is to be told: the line that was seen before, where only the method is known now.</returns>
    public CallSite Remember(object endpoint, Fingerprint statement, CallSite place)
    {
        if (_known.Count >= Most) _known.Clear();
        if (place.MayTellMore && _known.TryGetValue((endpoint, statement), out var before) && before.Place.Method == place.Method) place = before.Place;
        _known[(endpoint, statement)] = (place, time.GetTimestamp());
        return place;
    }
}
