using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roadworthy.Postgres;
using Roadworthy.Sessions.Revocation;

namespace Roadworthy.Sessions.Tests.Support;

/// <summary>The package's services on a database of their own, as an instance has them. Background work starts when it is told to.</summary>
internal sealed class SessionsApp : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ClonedDatabase? _database;

    private SessionsApp(IHost host, ClonedDatabase? database, string connection) => (_host, _database, ConnectionString) = (host, database, connection);

    public static string RootKey { get; } = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    public string ConnectionString { get; }

    public IServiceProvider Services => _host.Services;

    public SessionManager Sessions => Services.GetRequiredService<SessionManager>();

    public static async Task<SessionsApp> CreateAsync(SessionsServer server, Action<SessionsOptions>? configure = null)
    {
        var database = await server.CloneAsync();
        return On(database.ConnectionString, database, configure);
    }

    /// <summary>Another instance on the database of a first one.</summary>
    public static SessionsApp On(string connection, ClonedDatabase? database = null, Action<SessionsOptions>? configure = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Production" });
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddRoadworthySessions(options =>
        {
            (options.RootKey, options.ConnectionString, options.RefreshesPerMinute) = (RootKey, connection, 100_000);
            configure?.Invoke(options);
        });
        return new(builder.Build(), database, connection);
    }

    public Task StartAsync() => _host.StartAsync();

    /// <summary>A new user, signed in.</summary>
    public async Task<SessionTokens> SignInAsync() => (await Sessions.SignInAsync(new(await NewUserAsync())))!;

    public async Task<string> NewUserAsync(string? stamp = null)
    {
        var user = Guid.NewGuid();
        if (stamp is null) await Sql.ExecuteAsync(ConnectionString, "INSERT INTO people (id) VALUES ($1)", user);
        else await Sql.ExecuteAsync(ConnectionString, "INSERT INTO people (id, stamp) VALUES ($1, $2)", user, stamp);
        return user.ToString();
    }

    public Task<RefreshResult> RefreshAsync(SessionTokens tokens, SessionClient? client = null) => Sessions.RefreshAsync(tokens.RefreshToken, client ?? SessionClient.Unknown);

    /// <summary>As if so much time had passed since the session's last rotation and heal.</summary>
    public Task AgeAsync(Guid session, TimeSpan time) => Sql.ExecuteAsync(
        ConnectionString, "UPDATE roadworthy.sessions SET rotated_at = rotated_at - $2, healed_at = healed_at - $2 WHERE id = $1", session, time);

    /// <summary>As if so much time had passed for the session.</summary>
    public Task PassAsync(Guid session, TimeSpan time) => Sql.ExecuteAsync(
        ConnectionString,
        """
        UPDATE roadworthy.sessions SET rotated_at = rotated_at - $2, healed_at = healed_at - $2, created_at = created_at - $2,
          idle_until = idle_until - $2, absolute_until = absolute_until - $2, revoked_at = revoked_at - $2 WHERE id = $1
        """,
        session, time);

    /// <summary>As if the API had been called with the access token of the session's live generation.</summary>
    public async Task UseAsync(Guid session)
    {
        var generation = await Sql.ScalarAsync<long>(ConnectionString, "SELECT generation FROM roadworthy.sessions WHERE id = $1", session);
        var confirmations = Services.GetRequiredService<Confirmations>();
        confirmations.Seen(session, generation);
        await confirmations.FlushAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}
