using System.Data;
using Npgsql;

namespace Roadworthy.Idempotency.Transactions;

/// <summary>Transactions on the application's data source, given to the handler as <see cref="IdempotentTransaction"/>.</summary>
internal sealed class NpgsqlTransactions(NpgsqlDataSource source, IdempotentTransaction current) : IIdempotentTransactions
{
    private const int Repeats = 3;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

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
            catch (NpgsqlException error) when (mayRepeat && repeat <= Repeats && MayHelp(error))
            {
                // The first comes at once: after a restart the pool holds nothing but dead connections, and drops them all.
                if (repeat > 1) await Task.Delay(Delay * repeat * (0.5 + (Random.Shared.NextDouble() / 2)), cancellationToken);
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
