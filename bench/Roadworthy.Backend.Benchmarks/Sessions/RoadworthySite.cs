using System.Security.Cryptography;
using Npgsql;
using Roadworthy.Backend.Benchmarks.Measuring;
using Roadworthy.Sessions;
using Roadworthy.Sessions.Endpoints;

namespace Roadworthy.Backend.Benchmarks.Sessions;

/// <summary>Roadworthy.Sessions with its defaults, users in a table of Identity's shape.</summary>
internal static class RoadworthySite
{
    public static async Task<WebApplication> BuildAsync(string connection, Action<SessionsOptions>? configure = null)
    {
        await using (var source = NpgsqlDataSource.Create(connection))
        {
            await SessionsSchema.ApplyAsync(source, UserIdType.Text);
            await using var users = source.CreateCommand(
                $"""
                CREATE TABLE people (id text PRIMARY KEY, email text NOT NULL, stamp text NOT NULL, locked_until timestamptz);
                INSERT INTO people SELECT n::text, n || '@example.org', gen_random_uuid()::text FROM generate_series(1, {Users.Count}) n;
                CREATE VIEW roadworthy.session_users AS
                  SELECT id, coalesce(locked_until > now(), false) AS disabled, stamp, jsonb_build_object('email', email) AS claims FROM people;
                ANALYZE people
                """);
            await users.ExecuteNonQueryAsync();
        }

        var builder = SiteBuilder.Create();
        builder.Services.AddRoadworthySessions(sessions =>
        {
            sessions.RootKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            sessions.ConnectionString = connection;
            sessions.UserIdType = UserIdType.Text;
            configure?.Invoke(sessions);
        });
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRoadworthySessions("/api");
        app.MapPost("/sign-in", async (string user, SessionManager sessions, HttpContext http) =>
            await sessions.SignInAsync(new(user) { Client = SessionClient.From(http) }) is { } tokens
                ? Results.Ok(SessionAnswer.For(http, tokens, cookie: false))
                : Results.Unauthorized());
        return app;
    }
}
