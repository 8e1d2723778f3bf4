using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Problems;

/// <summary>Each fault is provoked on a real server; nothing of the driver is faked.</summary>
public sealed class PostgresAnswerTests(PostgresFixture database)
{
    [Theory]
    [InlineData("INSERT INTO account VALUES (9, 'ann@example.com', 1)", 409, "already-exists", "23505")]
    [InlineData("INSERT INTO purchase VALUES (1, 999)", 409, "reference-conflict", "23503")]
    [InlineData("INSERT INTO account VALUES (9, 'new@example.com', -1)", 422, "rule-violated", "23514")]
    [InlineData("INSERT INTO account VALUES (9, NULL, 1)", 422, "rule-violated", "23502")]
    [InlineData("SELECT 'abc'::int", 400, "invalid-value", "22P02")]
    [InlineData("SELECT 99999999999::int", 400, "invalid-value", "22003")]
    [InlineData("SELECT convert_from('\\xff', 'UTF8')", 400, "invalid-value", "22021")]
    [InlineData("SELECT '2026-02-31'::date", 400, "invalid-value", "22008")]
    [InlineData("SELECT '\"\\u0000\"'::jsonb", 400, "invalid-value", "22P05")]
    [InlineData("SELECT * FROM account LIMIT -1", 400, "invalid-value", "2201W")]
    public async Task A_client_s_fault_is_a_4xx_and_no_error(string sql, int status, string kind, string sqlState)
    {
        var (answer, record) = await AnswerTo(() => database.ExecuteAsync(sql));

        answer.IsProblem(status, kind);
        Assert.Equal("Information", record.At("level"));
        Assert.StartsWith(sqlState, record.At("state.Reason"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1/0", 500, "internal-error", "22012")]
    [InlineData("SELECT * FROM no_such_table", 500, "internal-error", "42P01")]
    [InlineData("SET statement_timeout = 20; SELECT pg_sleep(60)", 504, "timeout", "57014")]
    [InlineData("BEGIN READ ONLY; DELETE FROM purchase", 503, "database-unavailable", "25006")]
    [InlineData("SELECT pg_terminate_backend(pg_backend_pid()); SELECT 1", 503, "database-unavailable", "57P01")]
    public async Task A_fault_of_ours_is_a_5xx_and_an_error(string sql, int status, string kind, string sqlState)
    {
        var (answer, record) = await AnswerTo(() => database.ExecuteAsync(sql));

        answer.IsProblem(status, kind);
        Assert.Equal("Error", record.At("level"));
        Assert.Equal(sqlState, record.At("exception.pg.sqlState"));
        Assert.Equal(status == 503, answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task Two_serializable_transactions_that_collide_may_be_tried_again()
    {
        var (answer, record) = await AnswerTo(() => Collisions.SerializationFailure(database.Source));

        answer.IsProblem(503, "contention");
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Equal("40001", record.At("exception.pg.sqlState"));
    }

    [Fact]
    public async Task A_deadlock_may_be_tried_again()
    {
        var (answer, record) = await AnswerTo(() => Collisions.Deadlock(database.Source));

        answer.IsProblem(503, "contention");
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Equal("40P01", record.At("exception.pg.sqlState"));
    }

    [Fact]
    public async Task A_lock_that_is_not_to_be_had_may_be_tried_again()
    {
        var (answer, record) = await AnswerTo(() => Collisions.LockNotAvailable(database.Source));

        answer.IsProblem(503, "contention");
        Assert.Equal("55P03", record.At("exception.pg.sqlState"));
    }

    [Fact]
    public async Task Too_many_connections_are_an_outage()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "one_only", Password = "one", Pooling = false }.ToString();
        await using var only = new NpgsqlConnection(connectionString);
        await only.OpenAsync(TestContext.Current.CancellationToken);

        var (answer, record) = await AnswerTo(() => OpenAsync(connectionString));

        answer.IsProblem(503, "database-unavailable");
        Assert.Equal("53300", record.At("exception.pg.sqlState"));
    }

    [Fact]
    public async Task Nobody_listening_is_an_outage()
    {
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var (answer, record) = await AnswerTo(() => OpenAsync($"Host=127.0.0.1;Port={port};Username=shop;Password=Tr0ub4dor;Database=x"));

        answer.IsProblem(503, "database-unavailable");
        Assert.Equal("5", answer.Headers["Retry-After"]);
        Assert.DoesNotContain("Tr0ub4dor", record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exhausted_pool_is_an_outage()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=1;Timeout=1");
        await using var only = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var (answer, _) = await AnswerTo(async () => await source.OpenConnectionAsync());

        answer.IsProblem(503, "database-unavailable");
    }

    [Fact]
    public async Task A_wrong_password_or_a_missing_database_is_an_outage_not_the_client_s_fault()
    {
        var wrong = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "wrong", Pooling = false };
        var missing = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "nowhere", Pooling = false };

        (await AnswerTo(() => OpenAsync(wrong.ToString()))).Answer.IsProblem(503, "database-unavailable");
        (await AnswerTo(() => OpenAsync(missing.ToString()))).Answer.IsProblem(503, "database-unavailable");
    }

    [Fact]
    public async Task A_backend_killed_in_mid_statement_is_an_outage()
    {
        var (answer, record) = await AnswerTo(() => Collisions.KilledInMidStatement(database.Source));

        answer.IsProblem(503, "database-unavailable");
        Assert.Equal("Error", record.At("level"));
    }

    [Fact]
    public async Task Wrappers_of_EF_Core_are_seen_through()
    {
        var (duplicate, record) = await AnswerTo(async () => throw new DbUpdateException("could not save", await database.FailureOf("INSERT INTO account VALUES (9, 'ann@example.com', 1)")));
        var (several, _) = await AnswerTo(async () => throw new AggregateException(
            new InvalidOperationException("one"), new InvalidOperationException("two", await database.FailureOf("SELECT 'abc'::int"))));

        duplicate.IsProblem(409, "already-exists");
        Assert.Equal("23505 account_email_key", record.At("state.Reason"));
        several.IsProblem(400, "invalid-value");
    }

    private static async Task OpenAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
    }

    private static async Task<(Answer Answer, System.Text.Json.JsonElement Record)> AnswerTo(Func<Task> fail)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.MapPost("/orders", async () => await fail());
        });
        var answer = await app.SendAsync(HttpMethod.Post, "/orders");
        Assert.DoesNotMatch("(?i)npgsql|account|sql|exception|example.com|\\.cs", answer.Body);
        return (answer, Assert.Single(await app.FailuresAsync()));
    }
}
