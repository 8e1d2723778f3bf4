using Npgsql;

namespace Storefront.Tests.Support;

/// <summary>A look at the database, or a hand in it, past the application.</summary>
internal static class Sql
{
    public static async Task ExecuteAsync(string connection, string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = Command(source, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string connection, string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = Command(source, sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<List<T>> ColumnAsync<T>(string connection, string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = Command(source, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return command;
    }
}
