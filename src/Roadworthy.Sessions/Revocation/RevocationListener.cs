using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Roadworthy.Sessions.Events;
using Roadworthy.Sessions.Store;

namespace Roadworthy.Sessions.Revocation;

/// <summary>
/// Keeps <see cref="RevokedSessions"/> current: LISTEN on a connection of its own, then what was ended before that. Asks for a sign of
/// life in between, so that a connection that died without a word is noticed within a second.
/// </summary>
internal sealed class RevocationListener(NpgsqlDataSource source, RevokedSessions revoked, ILogger<RevocationListener> log) : BackgroundService
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private bool _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                revoked.Silence();
                if (!_told) log.ListeningStopped(error);
                _told = true;
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        revoked.Silence();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notified) =>
        {
            if (Guid.TryParse(notified.Payload, out var session)) revoked.Add(session);
        };
        try
        {
            await ExecuteAsync(connection, $"LISTEN {SessionSql.Channel}", cancellationToken);
            await CatchUpAsync(connection, cancellationToken);
            if (_told) log.ListeningAgain();
            _told = false;
            for (var round = 0; ; round++)
            {
                var asked = Stopwatch.GetTimestamp();
                await ExecuteAsync(connection, "SELECT 1", cancellationToken);
                revoked.HeardAt(asked);
                if (round % 256 == 0) revoked.Forget();
                while (await connection.WaitAsync(Pulse, cancellationToken))
                {
                    // One was heard; there may be more. A flood must not put off the sign of life.
                    if (Stopwatch.GetElapsedTime(asked) > Pulse) break;
                }
            }
        }
        finally
        {
            revoked.Silence();
            // The pool takes the connection back without a reset: nobody else must hear.
            if (connection.State == System.Data.ConnectionState.Open) await UnlistenAsync(connection);
        }
    }

    // Listening comes first: what is ended after this look is notified.
    private async Task CatchUpAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SessionSql.EndedSince, connection);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = revoked.Memory });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) revoked.Add(reader.GetGuid(0));
    }

    private static async Task UnlistenAsync(NpgsqlConnection connection)
    {
        try
        {
            await ExecuteAsync(connection, "UNLISTEN *", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // It is broken, and the pool throws it away.
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 2 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
