using Npgsql;

namespace Roadworthy.Idempotency;

/// <summary>
/// Runs the handler of a request with a key in a transaction of the application's own data access. One for EF Core is in
/// Roadworthy.Idempotency.EntityFrameworkCore, one for Npgsql alone is registered by default. Scoped.
/// </summary>
public interface IIdempotentTransactions
{
    /// <summary>Whether a request without a key runs in such a transaction too, because its handler has no other.</summary>
    bool IsAlwaysUsed { get; }

    /// <summary>
    /// Begins a transaction, runs the attempt in it, and commits where the attempt says so, else rolls back. Where the connection was lost, or two
    /// transactions collided, and a repeat is allowed, it begins again from clean, a bounded number of times. The attempt itself finds out whether an earlier
    /// one was committed though nobody was told.
    /// </summary>
    /// <param name="attempt">The work; true to commit.</param>
    /// <param name="mayRepeat">Whether the attempt may run again.</param>
    /// <param name="cancellationToken">Gives up, but not in the middle of a commit.</param>
    Task RunAsync(Func<NpgsqlTransaction, CancellationToken, Task<bool>> attempt, bool mayRepeat, CancellationToken cancellationToken);
}
