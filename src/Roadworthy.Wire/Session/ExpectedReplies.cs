namespace Roadworthy.Wire.Session;

/// <summary>What is still to be answered on one connection, in the order in which it was sent. A ring that grows to a bound.</summary>
internal sealed class ExpectedReplies
{
    /// <summary>
    /// PostgreSQL answers each of them with five bytes or more and keeps back eight kilobytes of answers at most, so a client that reads its answers stays far below.
    /// </summary>
    public const int Capacity = 32 * 1024;

    private ExpectedReply[] _ring = new ExpectedReply[16];
    private int _first;
    private int _count;

    public int Count => _count;

    public bool IsFull => _count == Capacity;

    /// <summary>How many ReadyForQuery are to come.</summary>
    public int Readies { get; private set; }

    public ref ExpectedReply this[int index] => ref _ring[(_first + index) & (_ring.Length - 1)];

    public void Add(in ExpectedReply reply)
    {
        if (_count == _ring.Length) Grow();
        this[_count++] = reply;
        if (reply.Kind == ExpectedKind.Ready) Readies++;
    }

    public void RemoveFirst()
    {
        ref var first = ref _ring[_first];
        if (first.Kind == ExpectedKind.Ready) Readies--;
        first = default;
        _first = (_first + 1) & (_ring.Length - 1);
        _count--;
    }

    /// <summary>Takes out one in the middle.</summary>
    public void RemoveAt(int index)
    {
        for (var n = index; n > 0; n--) (this[n - 1], this[n]) = (this[n], this[n - 1]);
        RemoveFirst();
    }

    public void Clear()
    {
        while (_count > 0) RemoveFirst();
    }

    private void Grow()
    {
        var grown = new ExpectedReply[_ring.Length * 2];
        for (var n = 0; n < _count; n++) grown[n] = this[n];
        (_ring, _first) = (grown, 0);
    }
}
