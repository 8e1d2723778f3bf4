using Npgsql;

namespace Storefront.Tests.Support;

/// <summary>A test's own transaction that holds a product's row, until it is disposed.</summary>
internal sealed class RowLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private RowLock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<RowLock> OnAsync(string connection, string sku)
    {
        var own = new NpgsqlConnection(connection + ";Pooling=false");
        await own.OpenAsync();
        var held = new RowLock(own);
        await held.ExecuteAsync("BEGIN");
        await held.TakeAsync(sku);
        return held;
    }

    public Task TakeAsync(string sku) => ExecuteAsync("SELECT FROM products WHERE sku = $1 FOR UPDATE", sku);

    /// <summary>Waits until so many sessions of the database wait for a lock.</summary>
    public static Task<TimeSpan> HasWaitersAsync(string connection, int count = 1) => Eventually.TrueAsync(
        $"{count} sessions wait for a lock",
        async () => await Sql.ScalarAsync<long>(
            connection, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == count);

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
