using Npgsql;

namespace Roadworthy.Sessions.Store;

/// <summary>
/// Repeats what failed because a connection was gone, at most three times within a third of a second. All that sessions do may run twice: a
/// refresh that was committed though its answer was lost is a replay the second time.
/// </summary>
internal static class Repeat
{
    private const int Times = 3;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    public static async Task<T> AsyncOf<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var repeat = 1; ; repeat++)
        {
            try
            {
                return await work(cancellationToken);
            }
            catch (NpgsqlException error) when (repeat <= Times && MayHelp(error))
            {
                // The first comes at once: after a restart the pool holds nothing but dead connections, and drops them all.
                if (repeat > 1) await Task.Delay(Delay * (0.5 + (Random.Shared.NextDouble() / 2)), cancellationToken);
            }
        }
    }

    private static bool MayHelp(NpgsqlException error) => error switch
    {
        // A full server or pool gets worse with every repeat, and who has waited out lock_timeout has waited long enough.
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable } => false,
        { InnerException: TimeoutException } => false,
        _ => error.IsTransient,
    };
}
