namespace Roadworthy.Testing;

/// <summary>A statement that is held before PostgreSQL gets it. Released at the latest when it is disposed.</summary>
public sealed class Hold : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _statement;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Hold(string statement) => _statement = statement;

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
            throw new TimeoutException($"No '{PostgresProxy.Shown(_statement)}' was sent within {Limit.TotalSeconds:0} s. {PostgresProxy.Advice}", error);
        }
    }

    /// <summary>Lets it go on. May be repeated.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public void Dispose() => Release();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }
}
