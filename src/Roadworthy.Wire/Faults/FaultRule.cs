using Roadworthy.Wire.Codec;

namespace Roadworthy.Wire;

/// <summary>Something that is done to statements, some number of times. Taken back when it is disposed.</summary>
public sealed class FaultRule : IDisposable
{
    private readonly TaskCompletionSource _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StatementFilter _filter;
    private readonly Action<FaultRule> _disarm;
    private int _left;
    private int _count;

    internal FaultRule(FaultKind kind, StatementFilter filter, int times, Action<FaultRule> disarm)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        (Kind, _filter, _left, _disarm) = (kind, filter, times, disarm);
    }

    /// <summary>How many times it was done.</summary>
    public int Count => Volatile.Read(ref _count);

    internal FaultKind Kind { get; }

    internal TimeSpan Delay { get; init; }

    internal KillMoment Moment { get; init; }

    internal KillManner Manner { get; init; }

    internal SqlState SqlState { get; init; }

    /// <summary>The ErrorResponse as it is sent.</summary>
    internal ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>Whether the server would close the connection behind such an error.</summary>
    internal bool IsFatal { get; init; }

    /// <summary>Until it was done once.</summary>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It was not done within the limit: no statement that it was for has come.</exception>
    public async Task FiredAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        try
        {
            await _fired.Task.WaitAsync(limit, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"No statement came within {limit.TotalSeconds:0.#} s that the rule's filter chose. Does the client connect through the proxy?", error);
        }
    }

    /// <summary>Takes it back. What it has begun is not undone.</summary>
    public void Dispose() => _disarm(this);

    internal bool Matches(in PendingStatement statement)
    {
        if (Volatile.Read(ref _left) <= 0) return false;
        try
        {
            return _filter(statement);
        }
#pragma warning disable CA1031 // Somebody else's code, on the thread of a connection that has nothing to do with it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <returns>False where another connection was faster.</returns>
    internal bool TryTake()
    {
        if (Interlocked.Decrement(ref _left) < 0) return false;
        if (Volatile.Read(ref _left) == 0) _disarm(this);
        Interlocked.Increment(ref _count);
        return true;
    }

    internal void Fired() => _fired.TrySetResult();

    internal static ReadOnlyMemory<byte> Encode(string sqlState, string message, bool isFatal)
    {
        var encoded = new ByteQueue();
        MessageWriter.Error(encoded, isFatal ? "FATAL" : "ERROR", sqlState, message);
        return encoded.Filled.ToArray();
    }
}

internal enum FaultKind
{
    Delay,
    Fail,
    Kill,
}
