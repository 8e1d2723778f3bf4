using Npgsql;
using NpgsqlTypes;
using Roadworthy.Idempotency.Answers;
using Roadworthy.Idempotency.Requests;

namespace Roadworthy.Idempotency.Store;

/// <summary>What is known of a key at the beginning of a transaction.</summary>
/// <param name="IsInFlight">Another transaction has it at this moment.</param>
/// <param name="Request">What was asked for with it; null where it is new.</param>
/// <param name="Answer">What was answered; null where it is new.</param>
internal sealed record KnownKey(bool IsInFlight, byte[]? Request, KeptAnswer? Answer);

/// <summary>The keys in PostgreSQL.</summary>
internal static class KeyStore
{
    private const string Lock = "SELECT pg_try_advisory_xact_lock($1)";

    private const string Find = "SELECT request, status, headers, body FROM roadworthy.idempotency_keys WHERE scope = $1 AND expires_at > clock_timestamp()";

    private const string Insert = """
        INSERT INTO roadworthy.idempotency_keys AS kept (scope, request, status, headers, body, expires_at)
        VALUES ($1, $2, $3, $4, $5, clock_timestamp() + $6)
        ON CONFLICT (scope) DO UPDATE SET request = excluded.request, status = excluded.status, headers = excluded.headers, body = excluded.body,
          created_at = excluded.created_at, expires_at = excluded.expires_at
        WHERE kept.expires_at <= clock_timestamp()
        """;

    private const string Expired = """
        DELETE FROM roadworthy.idempotency_keys WHERE scope = ANY (ARRAY(
          SELECT scope FROM roadworthy.idempotency_keys WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED))
        """;

    /// <summary>Takes the key for the transaction, and reads it.</summary>
    public static async Task<KnownKey> TakeAsync(NpgsqlTransaction transaction, KeyedRequest request, CancellationToken cancellationToken)
    {
        // Two statements in one round trip: a single one would read with a snapshot from before it had the lock, and miss what the one before committed.
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new(Lock) { Parameters = { new NpgsqlParameter<long> { TypedValue = request.Lock } } },
                new(Find) { Parameters = { Bytes(request.Scope) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var isOurs = reader.GetBoolean(0);
        await reader.NextResultAsync(cancellationToken);
        // A kept answer is final, whoever holds the lock.
        if (!await reader.ReadAsync(cancellationToken)) return new(!isOurs, null, null);
        return new(
            false, reader.GetFieldValue<byte[]>(0), new(reader.GetInt16(1), [.. reader.GetFieldValue<string[]>(2)], reader.GetFieldValue<byte[]>(3)));
    }

    /// <returns>False where another transaction has kept it in the meantime.</returns>
    public static async Task<bool> KeepAsync(
        NpgsqlTransaction transaction, KeyedRequest request, KeptAnswer answer, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction);
        command.Parameters.Add(Bytes(request.Scope));
        command.Parameters.Add(Bytes(request.Fingerprint));
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)answer.Status });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. answer.Headers] });
        command.Parameters.Add(Bytes(answer.Body.ToArray()));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lifetime });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Removes up to so many keys that have expired, each on one instance.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> PurgeAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Expired, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Bytes(byte[] value) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = value };
}
