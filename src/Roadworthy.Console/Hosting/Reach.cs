using System.Data.Common;
using Npgsql;

namespace Roadworthy.Console.Hosting;

/// <summary>Asks something that stands in the database, for as long as the options' patience lasts.</summary>
internal sealed class Reach(ConsoleOptions options, ILogger<Reach> log)
{
    public async Task<Reached<T>> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Patience);
        try
        {
            // A driver that does not listen to its token must not hold the page up.
            return new(await ask(patience.Token).WaitAsync(options.Patience, cancellationToken), Fault: null);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName)
        {
            log.NotReached(error);
            return new(default, "The database does not have the tables that this release reads. Apply the migrations.");
        }
        catch (Exception error) when (IsAway(error) && !cancellationToken.IsCancellationRequested)
        {
            log.NotReached(error);
            return new(default, "The database can't be reached, or is too slow. This page tries again by itself; requests are still shown, they are kept in memory.");
        }
    }

    private static bool IsAway(Exception error) =>
        error is DbException or TimeoutException or OperationCanceledException or IOException or System.Net.Sockets.SocketException;
}

/// <param name="Value">What was answered.</param>
/// <param name="Fault">Why nothing was, in words for a page; null where something was.</param>
internal readonly record struct Reached<T>(T? Value, string? Fault);
