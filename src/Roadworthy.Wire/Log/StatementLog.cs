namespace Roadworthy.Wire;

/// <summary>Keeps the statements that passed last, in a ring. Safe for any number of threads; writing allocates nothing.</summary>
public sealed class StatementLog : IStatementObserver
{
    private readonly Lock _lock = new();
    private readonly StatementRecord[] _ring;
    private long _next;

    /// <param name="capacity">How many are kept: 1 to 1,048,576, 65,536 by default, some 10 MB.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public StatementLog(int capacity = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1_048_576);
        _ring = new StatementRecord[capacity];
    }

    /// <summary>The number of the next one: how many there have been.</summary>
    public long Position
    {
        get
        {
            lock (_lock) return _next;
        }
    }

    /// <inheritdoc/>
    public void Completed(in StatementRecord record)
    {
        lock (_lock) _ring[_next++ % _ring.Length] = record;
    }

    /// <summary>Copies those from a position on.</summary>
    /// <param name="position">Where to begin, such as an earlier <see cref="Position"/>; then, behind the last that was copied.</param>
    /// <param name="into">Is filled from its beginning.</param>
    /// <param name="lost">How many were overwritten before they were read.</param>
    /// <returns>How many were copied.</returns>
    public int Read(ref long position, Span<StatementRecord> into, out long lost)
    {
        lock (_lock)
        {
            var oldest = Math.Max(0, _next - _ring.Length);
            lost = Math.Max(0, oldest - position);
            position = Math.Clamp(position, oldest, _next);
            var count = (int)Math.Min(into.Length, _next - position);
            for (var n = 0; n < count; n++) into[n] = _ring[position++ % _ring.Length];
            return count;
        }
    }

    /// <summary>All that is kept from a position on.</summary>
    public IReadOnlyList<StatementRecord> Since(long position)
    {
        lock (_lock)
        {
            var from = Math.Clamp(position, Math.Max(0, _next - _ring.Length), _next);
            var records = new StatementRecord[_next - from];
            for (var n = 0; n < records.Length; n++) records[n] = _ring[(from + n) % _ring.Length];
            return records;
        }
    }
}
