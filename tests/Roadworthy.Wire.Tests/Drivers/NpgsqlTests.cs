using System.Globalization;
using System.Text;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Drivers;

public sealed class NpgsqlTests(Database database)
{
    public static TheoryData<bool> Links => [true, false];

    [Theory]
    [MemberData(nameof(Links))]
    public async Task Statements_batches_and_transactions_have_the_same_results(bool polls)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database, options => options.Polls = polls);
        Assert.Equal(await WorkAsync(at.Direct), await WorkAsync(at.Through));
        Assert.All(at.Log.Records, record => Assert.NotEqual(StatementOutcome.Lost, record.Outcome));
        Assert.Contains("insert into items values (?, ?)", at.Log.Texts);
        Assert.Contains("insert into items values (?, ?) !23505", at.Log.Texts);
    }

    [Fact]
    public async Task A_batch_is_one_round_trip_of_several_statements()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("SELECT 1"), new("SELECT 2, 3"), new("INSERT INTO items VALUES (1)") } };
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            while (await reader.NextResultAsync())
            {
            }
        }

        var records = at.Log.Records.TakeLast(3).ToList();
        Assert.Equal(["select ?", "select ?, ?", "insert into items values (?)"], records.Select(record => record.Shape.Text));
        Assert.Single(records.Select(record => record.Batch).Distinct());
    }

    [Fact]
    public async Task Copies_both_ways_and_large_rows_have_the_same_results()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        Assert.Equal(await CopyAsync(at.Direct), await CopyAsync(at.Through));
        var imports = at.Log.Records.Where(record => record.Shape.Kind == StatementKind.Write && record.Shape.Text.StartsWith("copy", StringComparison.Ordinal)).ToList();
        Assert.Equal([(20_000L, ""), (-1L, "22P02")], imports.Select(record => (record.AffectedRows, record.Error.ToString())));
        var export = Assert.Single(at.Log.Records, record => record.Shape.Text.Contains("to stdout", StringComparison.Ordinal));
        Assert.True(export.ReplyBytes > 20_000 * 10);
    }

    [Fact]
    public async Task A_prepared_statement_is_known_by_its_text()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT name FROM items WHERE id = $1", connection) { Parameters = { new() { Value = 1 } } };
        await command.PrepareAsync();
        for (var n = 0; n < 3; n++) await command.ExecuteScalarAsync();
        var records = at.Log.Records.Where(record => record.Shape.Text == "select name from items where id = ?").ToList();
        Assert.Equal(3, records.Count);
        Assert.All(records, record => Assert.True(record.IsPrepared));
    }

    [Fact]
    public async Task The_reset_of_a_connection_that_is_rented_again_comes_with_its_next_command_and_is_told_apart()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(at.Through) { Pooling = true, MaxPoolSize = 1 }.ConnectionString);
        for (var n = 0; n < 2; n++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await connection.AskAsync("SELECT 'mine'");
        }

        Assert.Equal(["select ?", "discard all", "select ?"], at.Log.Records.Where(record => record.Shape.Kind is StatementKind.Reset || record.Shape.Text == "select ?").Select(record => record.Shape.Text).TakeLast(3));
    }

    [Fact]
    public async Task A_cancel_reaches_the_statement_that_it_means()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync("Timeout=30");
        await using var other = await at.OpenAsync();
        using var cancel = new CancellationTokenSource();
        await using var sleep = new NpgsqlCommand("SELECT pg_sleep(60)", connection);
        var slow = sleep.ExecuteNonQueryAsync(cancel.Token);
        await Eventually.TrueAsync(async () => (long)(await other.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND wait_event = 'PgSleep' AND datname = current_database()"))! == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Assert.Contains("select pg_sleep(?) !57014", at.Log.Texts);
        Assert.Equal(1, await connection.AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task A_notification_arrives_while_nothing_else_does()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var listener = await at.OpenAsync();
        await using var sender = await at.OpenAsync();
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await listener.RunAsync("LISTEN news");
        await sender.RunAsync("NOTIFY news, 'first'");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await listener.WaitAsync(limit.Token);
        Assert.Equal(["first"], heard);
    }

    [Fact]
    public async Task Replication_which_copies_both_ways_passes()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await at.AskAsync("CREATE PUBLICATION all_tables FOR ALL TABLES");
        await using var replication = new LogicalReplicationConnection(at.Through);
        await replication.Open();
        var slot = await replication.CreatePgOutputReplicationSlot($"s{Guid.NewGuid():N}", temporarySlot: true);
        await at.AskAsync("INSERT INTO items VALUES (7)");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var message in replication.StartReplication(slot, new("all_tables", PgOutputProtocolVersion.V1), limit.Token))
        {
            replication.SetReplicationStatus(message.WalEnd);
            if (message is Npgsql.Replication.PgOutput.Messages.InsertMessage) return;
        }
    }

    private static async Task<string> WorkAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        var seen = new StringBuilder();
        await connection.RunAsync("TRUNCATE items, parents");
        seen.AppendLine(CultureInfo.InvariantCulture, $"{await connection.RunAsync("INSERT INTO items VALUES ($1, $2)", 1, "one")}");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            seen.AppendLine(CultureInfo.InvariantCulture, $"{await connection.RunAsync("INSERT INTO items VALUES ($1, $2)", 2, "two")}");
            var error = await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync("INSERT INTO items VALUES ($1, $2)", 2, "two"));
            seen.AppendLine(CultureInfo.InvariantCulture, $"{error.SqlState} {error.MessageText} {error.ConstraintName}");
            await transaction.RollbackAsync();
        }

        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.RunAsync("INSERT INTO items VALUES (3, 'three')");
            await transaction.SaveAsync("here");
            await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync("SELECT nonsense"));
            await transaction.RollbackAsync("here");
            await transaction.CommitAsync();
        }

        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("SELECT id, name FROM items ORDER BY id"), new("SELECT 1/0"), new("SELECT 3") } };
        try
        {
            await using var reader = await batch.ExecuteReaderAsync();
            do
            {
                while (await reader.ReadAsync()) seen.AppendLine(CultureInfo.InvariantCulture, $"{reader.GetValue(0)} {(reader.FieldCount > 1 ? reader.GetValue(1) : "")}");
            }
            while (await reader.NextResultAsync());
        }
        catch (PostgresException error)
        {
            seen.AppendLine(error.SqlState);
        }

        await using (var rows = new NpgsqlCommand("SELECT n, repeat('x', n) FROM generate_series(1, 3000) n", connection))
        await using (var reader = await rows.ExecuteReaderAsync())
        {
            var length = 0;
            while (await reader.ReadAsync()) length += reader.GetString(1).Length;
            seen.AppendLine(CultureInfo.InvariantCulture, $"{length}");
        }

        return seen.ToString();
    }

    private static async Task<string> CopyAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await connection.RunAsync("TRUNCATE items, parents");
        await using (var import = await connection.BeginBinaryImportAsync("COPY items (id, name) FROM STDIN (FORMAT BINARY)"))
        {
            for (var n = 0; n < 20_000; n++) await import.WriteRowAsync(CancellationToken.None, n, $"name {n}");
            await import.CompleteAsync();
        }

        var seen = new StringBuilder();
        using (var export = await connection.BeginTextExportAsync("COPY (SELECT id, name FROM items ORDER BY id) TO STDOUT"))
        {
            seen.Append(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(await export.ReadToEndAsync()))));
        }

        var large = new string('x', 3_000_000);
        seen.Append(CultureInfo.InvariantCulture, $" {((string)(await connection.AskAsync("SELECT $1 || 'y'", large))!).Length}");
        await using (var given = await connection.BeginTextImportAsync("COPY items (id) FROM STDIN"))
        {
            await given.WriteAsync("nonsense\n");
            var error = await Assert.ThrowsAsync<PostgresException>(async () => await given.DisposeAsync());
            seen.Append(CultureInfo.InvariantCulture, $" {error.SqlState}");
        }

        seen.Append(CultureInfo.InvariantCulture, $" {await connection.AskAsync("SELECT count(*) FROM items")}");
        return seen.ToString();
    }
}
