namespace Roadworthy.Testing;

/// <summary>Callers that begin at the same moment.</summary>
public static class Race
{
    /// <summary>Runs the same call many times at once: every caller waits, on a thread of its own, until all are there, and then they go.</summary>
    /// <param name="callers">How many: 2 to 1,000.</param>
    /// <param name="call">What each does, given its number from 0. Prepare clients and bodies before: what is done here is in the race.</param>
    /// <param name="cancellationToken">Gives up the waiting for the start. Calls that have begun end by themselves.</param>
    /// <returns>What each returned, by its number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 callers, or more than 1,000.</exception>
    /// <exception cref="AggregateException">Calls failed: it holds what each of them threw. All have ended.</exception>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(int callers, Func<int, Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentOutOfRangeException.ThrowIfLessThan(callers, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(callers, 1_000);
        // Threads, and not the pool's tasks: the pool starts them one by one, and the first would be done before the last begins.
        using var barrier = new Barrier(callers);
        var results = await Task.WhenAll(Enumerable.Range(0, callers).Select(number => Begin(barrier, number, call, cancellationToken))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var failures = results.Select(result => result.Failure).OfType<Exception>().ToList();
        return failures.Count == 0 ? [.. results.Select(result => result.Value!)] : throw new AggregateException($"{failures.Count} of {callers} callers failed.", failures);
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(int callers, Func<int, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return RunAsync(
            callers,
            async number =>
            {
                await call(number).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    private static Task<Result<T>> Begin<T>(Barrier barrier, int number, Func<int, Task<T>> call, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                barrier.SignalAndWait(cancellationToken);
                started.SetResult(call(number));
            }
            catch (Exception error)
            {
                started.SetException(error);
            }
        })
        { IsBackground = true };
        thread.UnsafeStart();
        return EndAsync(started.Task);
    }

    private static async Task<Result<T>> EndAsync<T>(Task<Task<T>> started)
    {
        try
        {
            return new(await (await started.ConfigureAwait(false)).ConfigureAwait(false), null);
        }
        catch (Exception error)
        {
            return new(default, error);
        }
    }

    private sealed record Result<T>(T? Value, Exception? Failure);
}
