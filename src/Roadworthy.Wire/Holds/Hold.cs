namespace Roadworthy.Wire;

/// <summary>
/// Holds one statement, or the commit that covers it. Released at the latest when it is disposed. Where the client or the server leaves meanwhile, what is held
/// is given up: the statement is never run, the transaction never committed.
/// </summary>
public sealed class Hold : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StatementFilter _filter;
    private readonly Action<Hold> _disarm;
    private WireConnection? _owner;
    private volatile bool _isReleased;

    internal Hold(HoldPoint point, StatementFilter filter, TimeSpan limit, Action<Hold> disarm)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, TimeSpan.FromHours(1));
        (Point, _filter, Limit, _disarm) = (point, filter, limit, disarm);
    }

    /// <summary>Where it holds.</summary>
    public HoldPoint Point { get; }

    /// <summary>Goes on by itself after this time.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Whether somebody is held, or was.</summary>
    public bool IsReached => _reached.Task.IsCompletedSuccessfully;

    /// <summary>Whether it was let go of: by <see cref="Release"/>, by its limit, or because its connection ended.</summary>
    public bool IsReleased => _isReleased;

    /// <summary>Who is held, or was. Null before it is reached.</summary>
    public WireConnection? Connection { get; private set; }

    /// <summary>Which statement is held, or whose commit. Null before it is reached.</summary>
    public StatementShape? Shape { get; private set; }

    /// <summary>Until somebody is held.</summary>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where nobody came within the limit.</returns>
    public async Task<bool> ReachedAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        try
        {
            await _reached.Task.WaitAsync(limit, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Lets it go on. Where nobody has come yet, nobody is held any more. May be repeated.</summary>
    public void Release()
    {
        _disarm(this);
        _isReleased = true;
        Volatile.Read(ref _owner)?.Wake();
    }

    /// <summary>The same as <see cref="Release"/>.</summary>
    public void Dispose() => Release();

    internal bool Matches(in PendingStatement statement)
    {
        if (_isReleased || Volatile.Read(ref _owner) is not null) return false;
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

    /// <summary>It is for this connection from now on.</summary>
    /// <returns>False where another connection was faster.</returns>
    internal bool TryTake(WireConnection connection) => Interlocked.CompareExchange(ref _owner, connection, null) is null;

    /// <summary>What it was taken for has come to nothing: it waits for the next.</summary>
    internal void GiveBack() => Volatile.Write(ref _owner, null);

    internal void Reach(WireConnection connection, StatementShape shape)
    {
        (Connection, Shape) = (connection, shape);
        _disarm(this);
        _reached.TrySetResult();
    }
}
