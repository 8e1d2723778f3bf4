using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Roadworthy.Idempotency.EntityFrameworkCore;

/// <summary>Transactions of the context that the handler uses too, inside its execution strategy: what the strategy repeats, begins with nothing tracked.</summary>
internal sealed class DbContextTransactions<TContext>(TContext db) : IIdempotentTransactions
    where TContext : DbContext
{
    // Without a key the handler does as it always did.
    public bool IsAlwaysUsed => false;

    public Task RunAsync(Func<NpgsqlTransaction, CancellationToken, Task<bool>> attempt, bool mayRepeat, CancellationToken cancellationToken) =>
        mayRepeat
            ? db.Database.CreateExecutionStrategy().ExecuteAsync(attempt, TryAsync, cancellationToken)
            : TryAsync(attempt, cancellationToken);

    private async Task TryAsync(Func<NpgsqlTransaction, CancellationToken, Task<bool>> attempt, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        // Once begun, a commit is not given up: nobody could say what became of it.
        if (await attempt((NpgsqlTransaction)transaction.GetDbTransaction(), cancellationToken)) await transaction.CommitAsync(CancellationToken.None);
        else await transaction.RollbackAsync(CancellationToken.None);
    }
}
