using System.Data;
using Npgsql;
using Roadworthy.Database;

namespace Roadworthy.Idempotency.Transactions;

/// <summary>Transactions on the application's data source, given to the handler as <see cref="IdempotentTransaction"/>.</summary>
internal sealed class NpgsqlTransactions(NpgsqlDataSource source, IdempotentTransaction current) : IIdempotentTransactions
{
    public bool IsAlwaysUsed => true;

    public async Task RunAsync(Func<NpgsqlTransaction, CancellationToken, Task<bool>> attempt, bool mayRepeat, CancellationToken cancellationToken)
    {
        for (var repeat = 1; ; repeat++)
        {
            try
            {
                await TryAsync(attempt, cancellationToken);
                return;
            }
            catch (NpgsqlException error) when (mayRepeat && repeat <= Transience.Repeats && Transience.MayHelp(error))
            {
                await Task.Delay(Transience.DelayBefore(repeat), cancellationToken);
            }
        }
    }

    private async Task TryAsync(Func<NpgsqlTransaction, CancellationToken, Task<bool>> attempt, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        current.Set(transaction);
        try
        {
            // Once begun, a commit is not given up: nobody could say what became of it.
            if (await attempt(transaction, cancellationToken)) await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            current.Set(null);
        }
    }
}
