using Npgsql;
using Roadworthy.Postgres;

[assembly: AssemblyFixture(typeof(Roadworthy.Errors.Tests.Support.PostgresFixture))]

namespace Roadworthy.Errors.Tests.Support;

/// <summary>A real server for all tests, with a table to break rules on.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Schema = """
        CREATE TABLE account (id int PRIMARY KEY, email text NOT NULL CONSTRAINT account_email_key UNIQUE,
            age int CONSTRAINT account_age_check CHECK (age > 0));
        CREATE TABLE purchase (id int PRIMARY KEY, account_id int NOT NULL CONSTRAINT purchase_account_fk REFERENCES account (id));
        INSERT INTO account VALUES (1, 'ann@example.com', 30), (2, 'bob@example.com', 40);
        CREATE ROLE one_only LOGIN PASSWORD 'one' CONNECTION LIMIT 1;
        """;

    private PostgresServer? _server;

    public PostgresServer Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    public NpgsqlDataSource Source { get; private set; } = null!;

    public string ConnectionString => Server.GetConnectionString();

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        Source = NpgsqlDataSource.Create(ConnectionString + ";Include Error Detail=true");
        await ExecuteAsync(Schema);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What the driver throws for this statement.</summary>
    public async Task<Exception> FailureOf(string sql) => await Assert.ThrowsAnyAsync<Exception>(() => ExecuteAsync(sql));

    public async ValueTask DisposeAsync()
    {
        if (Source is not null)
        {
            await Source.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
