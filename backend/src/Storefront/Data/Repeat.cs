using Npgsql;

namespace Storefront.Data;

/// <summary>What is repeated after a failure, how often and how soon: the one rule for EF Core's work and for raw reads.</summary>
internal static class Repeat
{
    public const int Times = 3;

    public static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(300);

    /// <summary>A lost connection or a collision of transactions. A repeat of anything else finds the same.</summary>
    public static bool MayHelp(Exception? error) => error switch
    {
        // A full server or pool gets worse with every repeat, and who has waited out lock_timeout has waited long enough.
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable } => false,
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException failure => failure.IsTransient,
        _ => false,
    };

    /// <param name="repeat">1 for the first repeat.</param>
    public static TimeSpan DelayBefore(int repeat) =>
        // The first comes at once: the pool holds nothing but dead connections after a restart, and drops them all.
        repeat <= 1 ? TimeSpan.Zero : LongestDelay * ((repeat - 1) / (double)Times) * (0.5 + (Random.Shared.NextDouble() / 2));

    /// <summary>Reads with raw Npgsql, which repeats nothing by itself. For reads only: what ran may have run.</summary>
    public static async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var repeat = 1; ; repeat++)
        {
            try
            {
                return await read(cancellationToken);
            }
            catch (NpgsqlException error) when (repeat <= Times && MayHelp(error))
            {
                await Task.Delay(DelayBefore(repeat), cancellationToken);
            }
        }
    }
}
