using Roadworthy.Queries.Places;
using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Recording;

/// <summary>What one request did with one statement. Guarded by its recorder.</summary>
internal sealed class Tally(Fingerprint fingerprint)
{
    // A stack may show nothing of the application's, where a connection was waited for: the next ones are looked at too, but not all.
    private const int MostLooks = 3;
    private const int MostValues = 1_000;

    private HashSet<int>? _values;
    private Binding _first;
    private Execution? _last;
    private int _looks;
    private bool _isUnknown;
    private bool _scalarsDiffer;
    private bool _areAllMany = true;

    private Tally[]? _alone;

    public Fingerprint Fingerprint { get; } = fingerprint;

    /// <summary>An array of nothing but this: most round trips send one statement, and what is repeated is repeated often.</summary>
    public Tally[] Alone => _alone ??= [this];

    /// <summary>How often it was sent.</summary>
    public int Count { get; private set; }

    /// <summary>In how many round trips: what one batch repeats is no query in a loop.</summary>
    public int RoundTrips { get; private set; }

    public long Ticks { get; set; }

    public CallSite? Place { get; set; }

    /// <summary>With how many different values; null where not all are known.</summary>
    public int? DifferentValues => _isUnknown ? null : _values?.Count ?? 1;

    /// <returns>Whether to look at the stack: from the second round trip on, until one tells.</returns>
    public bool Add(Execution execution, Binding binding)
    {
        Count++;
        if (!ReferenceEquals(_last, execution)) RoundTrips++;
        _last = execution;
        Compare(binding);
        return RoundTrips > 1 && Place is null or { MayTellMore: true } && _looks++ < MostLooks;
    }

    /// <summary>
    /// One statement for each row of another: often enough, with different values. Whatever changes only in arrays loads by the hundred, as it should.
    /// </summary>
    public bool IsNPlusOne(int threshold) => RoundTrips >= threshold && DifferentValues > 1 && (_scalarsDiffer || !_areAllMany);

    private void Compare(Binding binding)
    {
        _isUnknown |= !binding.IsKnown;
        _areAllMany &= binding.HasMany;
        if (Count == 1) _first = binding;
        if (_isUnknown || Count == 1) return;
        _scalarsDiffer |= binding.Scalars != _first.Scalars;
        _values ??= [_first.GetHashCode()];
        if (_values.Count < MostValues) _values.Add(binding.GetHashCode());
    }
}
