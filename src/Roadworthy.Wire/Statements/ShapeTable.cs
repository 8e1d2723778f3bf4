using System.Collections.Concurrent;
using System.Text;

namespace Roadworthy.Wire.Statements;

/// <summary>The shapes that a proxy has seen. For all its connections.</summary>
internal sealed class ShapeTable(int capacity)
{
    private const int MaxSample = 8 * 1024;

    private readonly ConcurrentDictionary<ulong, Known> _known = new();

    public IEnumerable<StatementShape> All => _known.Values.Select(known => known.Shape);

    /// <param name="normalized">The text of the shape.</param>
    /// <param name="original">The statement as it was sent.</param>
    public StatementShape Get(ReadOnlySpan<byte> normalized, ReadOnlySpan<byte> original)
    {
        var fingerprint = Hash64.Of(normalized);
        if (!_known.TryGetValue(fingerprint, out var known))
        {
            if (_known.Count >= capacity) return StatementShape.Unknown;
            known = _known.GetOrAdd(fingerprint, new Known(normalized.ToArray(), Make(fingerprint, normalized, original)));
        }

        // Two texts with one hash are no accident, and are told from one another at least.
        return known.Text.AsSpan().SequenceEqual(normalized) ? known.Shape : StatementShape.Unknown;
    }

    private static StatementShape Make(ulong fingerprint, ReadOnlySpan<byte> normalized, ReadOnlySpan<byte> original)
    {
        var found = StatementClassifier.Classify(normalized);
        var sample = Encoding.UTF8.GetString(original[..Math.Min(original.Length, MaxSample)]);
        return new(fingerprint, Encoding.UTF8.GetString(normalized), sample, found.Kind, found.TakesLocks, found.Reads, found.Writes);
    }

    private sealed record Known(byte[] Text, StatementShape Shape);
}
