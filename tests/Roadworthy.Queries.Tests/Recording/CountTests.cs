using System.Data;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.Recording;

public sealed class CountTests(Shop shop)
{
    private const string OrdersOfUser = "SELECT id FROM orders WHERE user_id = $1";

    [Fact]
    public async Task A_loop_of_raw_commands_is_an_N_plus_1_at_its_line()
    {
        using var queries = QueryRecorder.Begin();
        await using var connection = await shop.Source.OpenConnectionAsync();
        for (var user = 1; user <= 37; user++)
        {
            await using var command = new NpgsqlCommand(OrdersOfUser, connection) { Parameters = { new() { Value = user } } };
            await using var reader = await command.ExecuteReaderAsync(); // the line
            while (await reader.ReadAsync()) _ = reader.GetInt32(0);
        }

        var repeat = Assert.Single(queries.Summary.Repeats);
        Assert.Equal((37, 37, true), (repeat.Count, repeat.DifferentValues, repeat.IsNPlusOne));
        Assert.Equal("SELECT id FROM orders WHERE user_id = ?", repeat.Sql);
        Assert.Equal(Source.LineOf("ExecuteReaderAsync(); // the line"), repeat.SourceLine);
        Assert.Equal("CountTests.A_loop_of_raw_commands_is_an_N_plus_1_at_its_line", repeat.Method);
        Assert.Equal((37, 37, 111L), (queries.Summary.Statements, queries.Summary.RoundTrips, queries.Summary.RowsRead));
        Assert.True(queries.Summary.DatabaseTime > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_lazy_loop_of_EF_Core_is_an_N_plus_1_at_its_line()
    {
        using var queries = QueryRecorder.Begin();
        await using var context = new ShopContext(shop.Source);
        foreach (var user in await context.Users.OrderBy(user => user.Id).Take(10).ToListAsync())
            await context.Entry(user).Collection(one => one.Orders).LoadAsync(); // lazily

        var repeat = Assert.Single(queries.Summary.Repeats);
        Assert.Equal((10, 10, true), (repeat.Count, repeat.DifferentValues, repeat.IsNPlusOne));
        Assert.Equal(Source.LineOf("LoadAsync(); // lazily"), repeat.SourceLine);
        Assert.Equal((11, 40L), (queries.Summary.Statements, queries.Summary.RowsRead));
    }

    [Fact]
    public async Task A_loop_of_Dapper_is_an_N_plus_1_at_its_line()
    {
        using var queries = QueryRecorder.Begin();
        await using var connection = shop.Source.CreateConnection();
        for (var user = 1; user <= 6; user++)
            _ = await connection.QueryAsync<int>("SELECT id FROM orders WHERE user_id = @user", new { user }); // by Dapper

        var repeat = Assert.Single(queries.Summary.Repeats);
        Assert.Equal((6, 6, true), (repeat.Count, repeat.DifferentValues, repeat.IsNPlusOne));
        Assert.Equal(Source.LineOf("new { user }); // by Dapper"), repeat.SourceLine);
    }

    [Fact]
    public async Task Values_in_the_text_are_values_too()
    {
        using var queries = QueryRecorder.Begin();
        for (var user = 1; user <= 6; user++) await ScalarAsync(shop.Source, $"SELECT count(*) FROM orders WHERE user_id = {user}");
        Assert.Equal((6, 6, true), Counted(queries));
    }

    [Fact]
    public async Task The_same_values_again_are_a_repeat_and_no_N_plus_1()
    {
        using var queries = QueryRecorder.Begin();
        for (var n = 0; n < 6; n++) await ScalarAsync(shop.Source, OrdersOfUser, 1);
        Assert.Equal((6, 1, false), Counted(queries));
    }

    [Fact]
    public async Task Four_are_none_and_five_are_one()
    {
        using (var four = QueryRecorder.Begin())
        {
            for (var user = 1; user <= 4; user++) await ScalarAsync(shop.Source, OrdersOfUser, user);
            Assert.Equal((4, 4, false), Counted(four));
        }

        using var five = QueryRecorder.Begin();
        for (var user = 1; user <= 5; user++) await ScalarAsync(shop.Source, OrdersOfUser, user);
        Assert.Equal((5, 5, true), Counted(five));
    }

    [Fact]
    public async Task Loading_by_the_hundred_is_none()
    {
        using var queries = QueryRecorder.Begin();
        for (var chunk = 0; chunk < 6; chunk++)
            await ScalarAsync(shop.Source, "SELECT count(*) FROM orders WHERE total > $1 AND user_id = ANY ($2)", 0, Enumerable.Range(chunk * 5, 5).ToArray());
        Assert.Equal((6, 6, false), Counted(queries));
    }

    [Fact]
    public async Task Each_statement_of_a_batch_counts_and_a_batch_is_one_round_trip_and_no_loop()
    {
        using var queries = QueryRecorder.Begin();
        await using var batch = shop.Source.CreateBatch();
        for (var user = 1; user <= 6; user++) batch.BatchCommands.Add(new(OrdersOfUser) { Parameters = { new() { Value = user } } });
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            do
            {
                while (await reader.ReadAsync()) _ = reader.GetInt32(0);
            }
            while (await reader.NextResultAsync());
        }

        var summary = queries.Summary;
        Assert.Equal((6, 1, 18L), (summary.Statements, summary.RoundTrips, summary.RowsRead));
        Assert.Empty(summary.Repeats);
        Assert.Equal(6, Assert.Single(summary.Sent).Count);
    }

    [Fact]
    public async Task Statements_in_one_text_each_count_and_transactions_do_not()
    {
        using var queries = QueryRecorder.Begin();
        await using var connection = await shop.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var both = new NpgsqlCommand("SELECT 1; SELECT 2", connection, transaction)) await both.ExecuteNonQueryAsync();
        await using (var set = new NpgsqlCommand("SET LOCAL lock_timeout = 1000", connection, transaction)) await set.ExecuteNonQueryAsync();
        await transaction.SaveAsync("here");
        await transaction.CommitAsync();
        Assert.Equal(2, queries.Summary.Statements);
    }

    [Fact]
    public async Task Statements_by_EF_Core_in_one_save_are_no_loop()
    {
        await using var context = new ShopContext(shop.Source);
        await using var transaction = await context.Database.BeginTransactionAsync();
        using var queries = QueryRecorder.Begin();
        for (var n = 0; n < 8; n++) context.Add(new Order { Id = 10_000 + n, UserId = 1 + n });
        await context.SaveChangesAsync();
        // A savepoint before, and its release after.
        Assert.Equal((8, 3), (queries.Summary.Statements, queries.Summary.RoundTrips));
        Assert.DoesNotContain(queries.Summary.Repeats, repeat => repeat.IsNPlusOne);
    }

    [Fact]
    public async Task Work_side_by_side_on_many_connections_belongs_to_who_began_it()
    {
        await Parallel.ForAsync(1, 21, async (n, _) =>
        {
            using var queries = QueryRecorder.Begin();
            await Task.WhenAll(Enumerable.Range(1, n).Select(user => Task.Run(() => ScalarAsync(shop.Source, OrdersOfUser, user))));
            Assert.Equal(n, queries.Summary.Statements);
        });
    }

    [Fact]
    public async Task A_data_source_without_the_extension_counts_and_no_more()
    {
        using var queries = QueryRecorder.Begin();
        for (var user = 1; user <= 7; user++) await ScalarAsync(shop.PlainSource, OrdersOfUser, user);
        await using (var batch = shop.PlainSource.CreateBatch())
        {
            batch.BatchCommands.Add(new("SELECT 1"));
            batch.BatchCommands.Add(new("SELECT 2"));
            await batch.ExecuteNonQueryAsync();
        }

        var summary = queries.Summary;
        Assert.Equal((9, 8), (summary.Statements, summary.RoundTrips));
        var repeat = summary.Repeats.Single(repeat => repeat.Sql.Contains("orders", StringComparison.Ordinal));
        Assert.Equal((7, null, false, null), (repeat.Count, repeat.DifferentValues, repeat.IsNPlusOne, repeat.SourceLine));
    }

    [Fact]
    public async Task A_statement_that_fails_is_counted()
    {
        using var queries = QueryRecorder.Begin();
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(shop.Source, "SELECT 1 / $1", 0));
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(shop.PlainSource, "SELECT nonsense FROM nowhere"));
        Assert.Equal(2, queries.Summary.Statements);
        Assert.Null(queries.Summary.RowsRead);
    }

    [Fact]
    public async Task Procedures_copies_and_synchronous_calls_are_counted()
    {
        using var queries = QueryRecorder.Begin();
        await using var connection = shop.Source.OpenConnection();
        using (var command = new NpgsqlCommand("SELECT 1", connection)) command.ExecuteScalar();
        using (var call = new NpgsqlCommand("nothing_there", connection) { CommandType = CommandType.StoredProcedure }) Assert.Throws<PostgresException>(() => call.ExecuteNonQuery());
        using (var import = connection.BeginTextImport("COPY visits (page) FROM STDIN")) import.Write("home\n");
        Assert.Equal(["SELECT ?", "CALL nothing_there", "COPY visits (page) FROM STDIN"], queries.Summary.Sent.Select(sent => sent.Sql));
    }

    [Fact]
    public async Task What_outlives_its_scope_and_what_is_outside_of_any_is_not_recorded()
    {
        await ScalarAsync(shop.Source, "SELECT 'before'");
        var (ended, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task late;
        QueryRecorder queries;
        using (queries = QueryRecorder.Begin())
        {
            await ScalarAsync(shop.Source, "SELECT 'within'");
            late = Task.Run(async () =>
            {
                await using var command = shop.Source.CreateCommand("SELECT 'late' FROM generate_series(1, 3)");
                await using var reader = await command.ExecuteReaderAsync();
                released.SetResult();
                await ended.Task;
                while (await reader.ReadAsync()) _ = reader.GetString(0);
                await ScalarAsync(shop.Source, "SELECT 'later'");
            });
            await released.Task;
        }

        ended.SetResult();
        await late;
        await ScalarAsync(shop.Source, "SELECT 'after'");
        Assert.Equal(2, queries.Summary.Statements);
    }

    [Fact]
    public async Task A_scope_within_another_counts_its_own()
    {
        using var outer = QueryRecorder.Begin();
        await ScalarAsync(shop.Source, "SELECT 1");
        using (var inner = QueryRecorder.Begin())
        {
            await ScalarAsync(shop.Source, "SELECT 2");
            Assert.Equal(1, inner.Summary.Statements);
        }

        await ScalarAsync(shop.Source, "SELECT 3");
        Assert.Equal(2, outer.Summary.Statements);
    }

    [Fact]
    public async Task Nulls_and_megabytes_are_values_like_others()
    {
        using var queries = QueryRecorder.Begin();
        await using var command = shop.Source.CreateCommand("SELECT $1::text[]");
        command.Parameters.Add(new NpgsqlParameter<string[]?> { TypedValue = null });
        await command.ExecuteScalarAsync();
        await ScalarAsync(shop.Source, "SELECT $1::text, $2::bytea, $3::int[]", new string('x', 1_000_000), new byte[1_000_000], new int[10_000]);
        Assert.Equal(2, queries.Summary.Statements);
    }

    private static (int Count, int? DifferentValues, bool IsNPlusOne) Counted(QueryRecorder queries)
    {
        var repeat = Assert.Single(queries.Summary.Repeats);
        return (repeat.Count, repeat.DifferentValues, repeat.IsNPlusOne);
    }

    private static async Task ScalarAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteScalarAsync();
    }
}
