using Roadworthy.Postgres;

namespace Storefront.Tests.Support;

/// <summary>A database without a schema, for a test of what makes one.</summary>
internal sealed class EmptyDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly string _name;

    private EmptyDatabase(PostgresServer server, string name) => (_server, _name) = (server, name);

    public string ConnectionString => _server.GetConnectionString(_name);

    public static async Task<EmptyDatabase> CreateAsync(PostgresServer server)
    {
        var name = $"empty_{Guid.NewGuid():N}";
        await server.CreateDatabaseAsync(name);
        return new(server, name);
    }

    public async ValueTask DisposeAsync() =>
        await Sql.ExecuteAsync(_server.GetConnectionString(), $"DROP DATABASE \"{_name}\" WITH (FORCE)");
}
