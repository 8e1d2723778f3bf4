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

    public Task RunAsync(
        Func<NpgsqlTransaction, CancellationToken, Task<bool>> attempt, Func<NpgsqlConnection, CancellationToken, Task<bool>>? isCommitted,
        CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            attempt,
            async (_, work, cancel) =>
            {
                await TryAsync(work, cancel);
                return true;
            },
            isCommitted is null ? null : async (_, _, cancel) => new ExecutionResult<bool>(await AskAsync(isCommitted, cancel), true),
            cancellationToken);

    private async Task TryAsync(Func<NpgsqlTransaction, CancellationToken, Task<bool>> attempt, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        // Once begun, a commit is not given up: nobody could say what became of it.
        if (await attempt((NpgsqlTransaction)transaction.GetDbTransaction(), cancellationToken)) await transaction.CommitAsync(CancellationToken.None);
        else await transaction.RollbackAsync(CancellationToken.None);
    }

    private async Task<bool> AskAsync(Func<NpgsqlConnection, CancellationToken, Task<bool>> isCommitted, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            return await isCommitted((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
