namespace Roadworthy.Testing;

/// <summary>Two callers in a forced order: the one kind of race that a test finds every time.</summary>
public static class Interleaving
{
    /// <summary>
    /// Runs the first caller until it sends a statement, then all of the second, then the rest of the first. What a check-then-act leaves open lies
    /// open here for as long as the second takes.
    /// </summary>
    /// <param name="proxy">Stands between the callers and PostgreSQL.</param>
    /// <param name="statement">Text of the statement at which the first is held, such as <c>UPDATE accounts</c>; <see cref="PostgresProxy.Commit"/> for the end of its transaction.</param>
    /// <param name="first">Is held.</param>
    /// <param name="second">Runs while the first is held.</param>
    /// <param name="patience">How long the second may take before the first goes on: it may wait for the first one's lock, which is what saves many. 1 second by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">The first sent no such statement within 30 seconds, or ended without.</exception>
    public static async Task<Interleaved<TFirst, TSecond>> RunAsync<TFirst, TSecond>(
        PostgresProxy proxy, string statement, Func<Task<TFirst>> first, Func<Task<TSecond>> second, TimeSpan? patience = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var hold = proxy.HoldNext(statement);
        var firstRun = Task.Run(first, cancellationToken);
        await Task.WhenAny(hold.ReachedAsync(cancellationToken), firstRun).ConfigureAwait(false);
        if (!hold.IsReached)
        {
            // Its own failure says more than that it sent nothing.
            if (firstRun.IsFaulted) await firstRun.ConfigureAwait(false);
            throw new TimeoutException($"The first caller did not send '{PostgresProxy.Shown(statement)}'. {PostgresProxy.Advice}");
        }

        var secondRun = Task.Run(second, cancellationToken);
        var ended = await Task.WhenAny(secondRun, Task.Delay(patience ?? TimeSpan.FromSeconds(1), cancellationToken)).ConfigureAwait(false) == secondRun;
        hold.Release();
        await Task.WhenAll(firstRun, secondRun).ConfigureAwait(false);
        return new(await firstRun.ConfigureAwait(false), await secondRun.ConfigureAwait(false), ended);
    }
}

/// <summary>What came of two callers in a forced order.</summary>
/// <param name="First">What the held one returned.</param>
/// <param name="Second">What the other returned.</param>
/// <param name="SecondRanThrough">Whether the second ended while the first was held; false where it waited for it, by a lock most likely.</param>
public sealed record Interleaved<TFirst, TSecond>(TFirst First, TSecond Second, bool SecondRanThrough);
