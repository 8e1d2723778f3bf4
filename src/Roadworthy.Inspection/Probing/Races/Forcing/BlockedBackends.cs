using Npgsql;
using Roadworthy.Inspection.Data;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Asks PostgreSQL who waits for whose lock.</summary>
internal sealed class BlockedBackends : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private BlockedBackends(NpgsqlConnection connection) => _connection = connection;

    public static async Task<BlockedBackends> OpenAsync(string database, CancellationToken ct) => new(await Sql.OpenAsync(database, ct));

    /// <summary>Whether one of some processes waits for a lock of one of others.</summary>
    public async Task<bool> AnyAsync(IReadOnlyCollection<int> waiting, IReadOnlyCollection<int> holding, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM unnest($1) p WHERE pg_blocking_pids(p) && $2)", _connection);
        command.Parameters.Add(new NpgsqlParameter { Value = waiting.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = holding.ToArray() });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
