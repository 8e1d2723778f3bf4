using Npgsql;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>SQL in a line, for the backends of the tests.</summary>
internal static class Rows
{
    public static async Task<List<object[]>> RowsAsync(this NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The first value of the first row; null for none.</summary>
    public static async Task<object?> MadeAsync(this NpgsqlDataSource source, string sql, params object[] values) => await source.RowsAsync(sql, values) is [var row, ..] ? row[0] : null;
}
