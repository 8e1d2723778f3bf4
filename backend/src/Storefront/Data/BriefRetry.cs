using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
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
    : NpgsqlRetryingExecutionStrategy(dependencies, Repeat.Times, Repeat.LongestDelay, errorCodesToAdd: null)
{
    protected override bool ShouldRetryOn(Exception? exception) => Repeat.MayHelp(exception) && base.ShouldRetryOn(exception);

    protected override TimeSpan? GetNextDelay(Exception lastException) =>
        base.GetNextDelay(lastException) is null ? null : Repeat.DelayBefore(ExceptionsEncountered.Count);
}
