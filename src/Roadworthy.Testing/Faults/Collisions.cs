using System.Globalization;
using Npgsql;

namespace Roadworthy.Testing;

/// <summary>Lets writes into a table fail as if they had collided with another transaction, a given number of times. Taken away when it is disposed.</summary>
public sealed class Collisions : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly string _table;
    private readonly string _name;

    private Collisions(string connectionString, string table, string name) => (_connectionString, _table, _name) = (connectionString, table, name);

    /// <param name="connectionString">Of a role that owns the table.</param>
    /// <param name="table">Its name as SQL takes it, such as <c>orders</c> or <c>shop."Orders"</c>.</param>
    /// <param name="times">How many of the next rows written to it fail. At least 1.</param>
    /// <param name="sqlState">What they fail with: 40001 (serialization failure) by default, or 40P01 (deadlock).</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Collisions> ProvokeAsync(
        string connectionString, string table, int times, string sqlState = PostgresErrorCodes.SerializationFailure, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        if (sqlState is not { Length: 5 } || !sqlState.All(char.IsAsciiLetterOrDigit)) throw new ArgumentException($"'{sqlState}' is no SQLSTATE.", nameof(sqlState));
        var made = new Collisions(connectionString, table, $"collisions_{Guid.NewGuid():N}");
        // A sequence is not rolled back with the transaction that drew from it. Its schema and its rights are of who provokes, not of who writes.
        await made.ExecuteAsync(
            $"""
            CREATE SEQUENCE {made._name};
            CREATE FUNCTION {made._name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
            BEGIN
              IF nextval('{made._name}') <= {times.ToString(CultureInfo.InvariantCulture)} THEN RAISE EXCEPTION 'provoked collision' USING ERRCODE = '{sqlState}'; END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER {made._name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {made._name}();
            """, cancellationToken).ConfigureAwait(false);
        return made;
    }

    /// <summary>How many rows have been written so far, those that failed too: one more than the failures where a retry went through.</summary>
    public async Task<long> AttemptsAsync(CancellationToken cancellationToken = default)
    {
        var source = NpgsqlDataSource.Create(_connectionString);
        await using var ownSource = source.ConfigureAwait(false);
        var command = source.CreateCommand($"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {_name}");
        await using var ownCommand = command.ConfigureAwait(false);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await ExecuteAsync($"DROP TRIGGER {_name} ON {_table}; DROP FUNCTION {_name}(); DROP SEQUENCE {_name}", CancellationToken.None).ConfigureAwait(false);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(_connectionString);
        await using var ownSource = source.ConfigureAwait(false);
        var command = source.CreateCommand(sql);
        await using var ownCommand = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
