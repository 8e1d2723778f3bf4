using Npgsql;

namespace Roadworthy.Database;

/// <summary>What is repeated after a failure, how often and how soon: the one rule of all guards. Compiled into each, since none references another.</summary>
internal static class Transience
{
    public const int Repeats = 3;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(300);

    /// <summary>A lost connection or a collision of transactions. A repeat of anything else finds the same.</summary>
    public static bool MayHelp(NpgsqlException error) => error switch
    {
        // A full server or pool gets worse with every repeat, and who has waited out lock_timeout has waited long enough.
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable } => false,
        { InnerException: TimeoutException } => false,
        _ => error.IsTransient,
    };

    /// <param name="repeat">1 for the first repeat.</param>
    public static TimeSpan DelayBefore(int repeat) =>
        // The first comes at once: after a restart the pool holds nothing but dead connections, and drops them all.
        repeat <= 1 ? TimeSpan.Zero : LongestDelay * ((repeat - 1) / (double)Repeats) * (0.5 + (Random.Shared.NextDouble() / 2));
}
