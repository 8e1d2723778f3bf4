using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Storefront.Data;

/// <summary>
/// Repeats a unit of work that failed because a connection was gone or two transactions collided, at most three times within
/// half a second. An outage is answered quickly (503), a dropped idle connection or a deadlock is not noticed at all.
/// </summary>
/// <remarks>
/// Only what may run twice is repeated: reads, and writes whose unit is a transaction that checks for its own earlier success
/// (<see cref="ExecutionStrategyExtensions"/>' <c>ExecuteInTransactionAsync</c>) or whose keys are made by the caller, so that
/// a second run collides with the first.
/// </remarks>
internal sealed class BriefRetry(ExecutionStrategyDependencies dependencies)
    : NpgsqlRetryingExecutionStrategy(dependencies, MaxRetries, MaxDelay, errorCodesToAdd: null)
{
    private const int MaxRetries = 3;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(300);

    protected override bool ShouldRetryOn(Exception? exception) =>
        // A full server or pool gets worse with every repeat, and who has waited out lock_timeout has waited long enough.
        exception is not PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable }
        && exception is not NpgsqlException { InnerException: TimeoutException }
        && base.ShouldRetryOn(exception);

    protected override TimeSpan? GetNextDelay(Exception lastException)
    {
        if (base.GetNextDelay(lastException) is null) return null;
        var attempt = ExceptionsEncountered.Count;
        // The first repeat comes at once: the pool holds nothing but dead connections after a restart, and drops them all.
        return attempt <= 1 ? TimeSpan.Zero : MaxDelay * ((attempt - 1) / (double)MaxRetries) * (0.5 + Random.Shared.NextDouble() / 2);
    }
}
