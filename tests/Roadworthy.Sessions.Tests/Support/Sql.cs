using Npgsql;

namespace Roadworthy.Sessions.Tests.Support;

/// <summary>A look at the database, or a hand in it, past the package.</summary>
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

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return command;
    }
}
