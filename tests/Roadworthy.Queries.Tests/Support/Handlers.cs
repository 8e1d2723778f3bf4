using Npgsql;

namespace Roadworthy.Queries.Tests.Support;

/// <summary>What endpoints of the tests do.</summary>
internal static class Handlers
{
    /// <summary>The naive dashboard: one query for the users, and one for the orders of each.</summary>
    public static async Task<object> NaiveAsync(NpgsqlDataSource source, int users = 37)
    {
        var orders = new List<int>();
        foreach (var user in await ReadAsync(source, "SELECT id FROM users ORDER BY id LIMIT $1", users))
            orders.AddRange(await ReadAsync(source, "SELECT id FROM orders WHERE user_id = $1", user)); // one for each user

        return new { orders };
    }

    public static async Task<List<int>> ReadAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var reader = await command.ExecuteReaderAsync();
        var read = new List<int>();
        while (await reader.ReadAsync()) read.Add(reader.GetInt32(0));
        return read;
    }

    public static async Task SendAsync(NpgsqlDataSource source, int statements)
    {
        for (var n = 0; n < statements; n++) await ReadAsync(source, "SELECT $1::int", n);
    }
}
