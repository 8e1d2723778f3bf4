using System.Data;
using Npgsql;

namespace Roadworthy.Errors.Tests.Problems;

/// <summary>Faults that need two connections; each runs on tables of its own and returns only by throwing.</summary>
internal static class Collisions
{
    public static async Task SerializationFailure(NpgsqlDataSource source)
    {
        var table = await TableAsync(source);
        await using var first = await source.OpenConnectionAsync();
        await using var second = await source.OpenConnectionAsync();
        await using var one = await first.BeginTransactionAsync(IsolationLevel.Serializable);
        await using var two = await second.BeginTransactionAsync(IsolationLevel.Serializable);
        await ExecuteAsync(first, $"SELECT sum(v) FROM {table}");
        await ExecuteAsync(second, $"SELECT sum(v) FROM {table}");
        await ExecuteAsync(first, $"UPDATE {table} SET v = v + 1 WHERE id = 1");
        await ExecuteAsync(second, $"UPDATE {table} SET v = v + 1 WHERE id = 2");
        await one.CommitAsync();
        await two.CommitAsync();
    }

    public static async Task Deadlock(NpgsqlDataSource source)
    {
        var table = await TableAsync(source);
        await using var first = await source.OpenConnectionAsync();
        await using var second = await source.OpenConnectionAsync();
        await ExecuteAsync(first, "SET deadlock_timeout = '10ms'");
        await ExecuteAsync(second, "SET deadlock_timeout = '10ms'");
        await using var one = await first.BeginTransactionAsync();
        await using var two = await second.BeginTransactionAsync();
        await ExecuteAsync(first, $"UPDATE {table} SET v = 1 WHERE id = 1");
        await ExecuteAsync(second, $"UPDATE {table} SET v = 1 WHERE id = 2");
        var crossed = ExecuteAsync(first, $"UPDATE {table} SET v = 1 WHERE id = 2");
        var back = ExecuteAsync(second, $"UPDATE {table} SET v = 1 WHERE id = 1");
        await Task.WhenAll(crossed, back);
    }

    public static async Task LockNotAvailable(NpgsqlDataSource source)
    {
        var table = await TableAsync(source);
        await using var holder = await source.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, $"LOCK TABLE {table}");
        await using var connection = await source.OpenConnectionAsync();
        await using var second = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"LOCK TABLE {table} NOWAIT");
    }

    public static async Task KilledInMidStatement(NpgsqlDataSource source)
    {
        await using var victim = await source.OpenConnectionAsync();
        await using var killer = await source.OpenConnectionAsync();
        var sleeping = ExecuteAsync(victim, "SELECT pg_sleep(60)");
        await ExecuteAsync(killer, $"SELECT pg_terminate_backend({victim.ProcessID})");
        await sleeping;
    }

    private static async Task<string> TableAsync(NpgsqlDataSource source)
    {
        var table = $"collision_{Guid.NewGuid():N}";
        await using var command = source.CreateCommand($"CREATE TABLE {table} (id int PRIMARY KEY, v int); INSERT INTO {table} VALUES (1, 0), (2, 0)");
        await command.ExecuteNonQueryAsync();
        return table;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
