using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Roadworthy.Errors;
using Roadworthy.Errors.Tracking;
using Roadworthy.Postgres;
using Roadworthy.Sessions;

namespace Roadworthy.Console.Tests.Support;

/// <summary>An application with all the guards that the console reads from, on a PostgreSQL of its own that may be stopped.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Stranger = "</title><script>alert(1)</script>\u202Eevil\u001b[31m";

    private readonly PostgresServer _server;
    private readonly string _folder;

    private Shop(PostgresServer server, string folder, ConsoleApp app) => (_server, _folder, App) = (server, folder, app);

    public ConsoleApp App { get; }

    public SessionManager Sessions => App.Services.GetRequiredService<SessionManager>();

    public ErrorTracker Errors => App.Services.GetRequiredService<ErrorTracker>();

    public static async Task<Shop> OpenAsync(Action<IServiceCollection>? services = null)
    {
        var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync("shop");
        var connection = server.GetConnectionString("shop") + ";Timeout=2;Command Timeout=5";
        await PrepareAsync(connection);
        var folder = Directory.CreateTempSubdirectory("roadworthy-console-tests-").FullName;
        var app = await ConsoleApp.StartAsync(
            builder =>
            {
                builder.Services.AddRoadworthyErrors(errors => (errors.Output, errors.Format) = (Stream.Null, RecordFormat.Json));
                builder.Services.AddRoadworthyErrorTracking(tracking =>
                {
                    (tracking.ConnectionString, tracking.SpoolFolder, tracking.Release) = (connection, folder, "1.2.3");
                    tracking.OwnNamespaces.Add("Roadworthy.Console.Tests");
                });
                builder.Services.AddRoadworthyQueries();
                builder.Services.AddRoadworthySessions(sessions =>
                    (sessions.RootKey, sessions.ConnectionString, sessions.UserIdType) = (Convert.ToBase64String(new byte[32].Select((_, n) => (byte)(n * 7)).ToArray()), connection, UserIdType.Text));
                services?.Invoke(builder.Services);
                builder.Services.AddSingleton(new NpgsqlDataSourceBuilder(connection).UseRoadworthyQueries().Build());
            },
            Map,
            options: options => options.Patience = TimeSpan.FromSeconds(1));
        return new(server, folder, app);
    }

    /// <summary>Until it is told to go on.</summary>
    public Task StopDatabaseAsync() => _server.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Map(WebApplication app)
    {
        app.UseRoadworthyErrors();
        app.UseRoadworthyQueries();
        app.MapGet("/naive", async (NpgsqlDataSource source) =>
        {
            for (var user = 0; user < 7; user++) await NaiveAsync(source, user);
        });
        app.MapGet("/fine", async (NpgsqlDataSource source) => await NaiveAsync(source, 1));
        app.MapGet("/boom", string () => throw new InvalidOperationException(Stranger));
    }

    private static async Task NaiveAsync(NpgsqlDataSource source, int user)
    {
        await using var command = source.CreateCommand("SELECT id FROM people WHERE id = $1 || ''");
        command.Parameters.AddWithValue($"{user}");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task PrepareAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await SessionsSchema.ApplyAsync(source, UserIdType.Text);
        await ErrorsSchema.ApplyAsync(source);
        await using var users = source.CreateCommand(
            """
            CREATE TABLE people (id text PRIMARY KEY);
            CREATE VIEW roadworthy.session_users AS
              SELECT id, false AS disabled, NULL::text AS stamp, jsonb_build_object('email', id || '@example.com') AS claims FROM people;
            INSERT INTO people VALUES ('ann'), ('bob');
            """);
        await users.ExecuteNonQueryAsync();
    }
}
