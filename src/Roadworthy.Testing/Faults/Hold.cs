namespace Roadworthy.Testing;

/// <summary>A statement that is held before PostgreSQL gets it. Released at the latest when it is disposed. Where its sender leaves meanwhile, PostgreSQL never gets it.</summary>
public sealed class Hold : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _statement;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Action<Hold> _disarm;

    internal Hold(string statement, Action<Hold> disarm) => (_statement, _disarm) = (statement, disarm);

    /// <summary>Whether somebody is held, or was.</summary>
    public bool IsReached => _reached.Task.IsCompleted;

    /// <summary>Until a statement is held.</summary>
    /// <exception cref="TimeoutException">None came within 30 seconds.</exception>
    public async Task ReachedAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _reached.Task.WaitAsync(Limit, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(PostgresProxy.Missed(_statement, $"within {Limit.TotalSeconds:0} s"), error);
        }
    }

    /// <summary>Lets it go on. May be repeated.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Lets it go on; where none has come yet, none is held any more.</summary>
    public void Dispose()
    {
        _disarm(this);
        Release();
    }

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }
}
