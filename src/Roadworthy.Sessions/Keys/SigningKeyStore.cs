using Npgsql;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Time;

namespace Roadworthy.Sessions.Keys;

/// <summary>
/// The signing keys in PostgreSQL. Raw Npgsql: they are needed before the first answer, and the first use of EF Core would make
/// that wait.
/// </summary>
internal sealed class SigningKeyStore(NpgsqlDataSource source, DatabaseClock clock)
{
    private const long RotationLock = 0x726f6164_6b657973; // "roadkeys"
    private const string All = """
        SELECT clock_timestamp(), id, created_at, signs_from, sealed
        FROM (SELECT 1) AS one LEFT JOIN roadworthy.signing_keys ON true ORDER BY signs_from DESC, id
        """;

    /// <summary>Every key, the one that signs last first.</summary>
    public Task<List<SigningKeyRow>> ReadAsync(CancellationToken cancellationToken) => Repeat.AsyncOf(
        async cancel =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            return await ReadAsync(connection, cancel);
        },
        cancellationToken);

    /// <summary>
    /// Adds the key that is due. Of several instances at once one makes it; the others wait here, and then find it made.
    /// </summary>
    /// <param name="create">Is given the keys that there are; returns the new one, or null when none is due any more.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<List<SigningKeyRow>> RotateAsync(Func<List<SigningKeyRow>, SigningKeyRow?> create, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({RotationLock})", connection))
            await take.ExecuteNonQueryAsync(cancellationToken);
        var rows = await ReadAsync(connection, cancellationToken);
        if (create(rows) is { } row)
        {
            await InsertAsync(connection, row, cancellationToken);
            rows.Insert(0, row);
        }

        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    private async Task<List<SigningKeyRow>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(All, connection);
        var sent = clock.Own();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<SigningKeyRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            clock.Learn(reader.GetFieldValue<DateTimeOffset>(0), sent, clock.Own());
            if (reader.IsDBNull(1)) break;
            rows.Add(new()
            {
                Id = reader.GetString(1),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(2),
                SignsFrom = reader.GetFieldValue<DateTimeOffset>(3),
                Sealed = reader.GetFieldValue<byte[]>(4),
            });
        }

        return rows;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, SigningKeyRow row, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand("INSERT INTO roadworthy.signing_keys (id, created_at, signs_from, sealed) VALUES ($1, $2, $3, $4)", connection);
        insert.Parameters.AddWithValue(row.Id);
        insert.Parameters.AddWithValue(row.CreatedAt);
        insert.Parameters.AddWithValue(row.SignsFrom);
        insert.Parameters.AddWithValue(row.Sealed);
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}
