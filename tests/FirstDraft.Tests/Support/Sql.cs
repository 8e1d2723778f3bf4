using Npgsql;

namespace FirstDraft.Tests.Support;

/// <summary>A look at the database, or a hand in it, past the application.</summary>
internal static class Sql
{
    public static async Task<int> ExecuteAsync(string connection, string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(Own(connection));
        await using var command = Command(source, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string connection, string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(Own(connection));
        await using var command = Command(source, sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<List<T>> ColumnAsync<T>(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(Own(connection));
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    // Loading the types of a new connection would be counted among the backend's statements.
    private static string Own(string connection) => connection + ";Pooling=false;Server Compatibility Mode=NoTypeLoading";

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return command;
    }
}
