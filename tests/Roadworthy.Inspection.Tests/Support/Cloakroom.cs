using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>A backend in this process whose sessions are rows, and which keeps in its memory beside them which ones have ended: putting a row back does not bring a session back.</summary>
internal static class Cloakroom
{
    private const string Schema = """
        CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, password text NOT NULL);
        CREATE TABLE sessions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id int NOT NULL REFERENCES users, token text NOT NULL UNIQUE);
        CREATE INDEX ON sessions (user_id);
        """;

    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"Cloakroom","version":"1"},"paths":{
        "/signup":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["email","password"],"properties":{"email":{"type":"string"},"password":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/login":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["email","password"],"properties":{"email":{"type":"string"},"password":{"type":"string"}}}}}},"responses":{"200":{"description":""}}}},
        "/me":{"get":{"responses":{"200":{"description":""}}}},
        "/sessions":{"get":{"responses":{"200":{"description":""}}}},
        "/sessions/{id}":{"delete":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"}}],"responses":{"204":{"description":""}}}},
        "/password":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["current","new"],"properties":{"current":{"type":"string"},"new":{"type":"string"}}}}}},"responses":{"204":{"description":""}}}},
        "/logout":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["reason"],"properties":{"reason":{"type":"string"}}}}}},"responses":{"204":{"description":""}}}}
        }}
        """;

    /// <param name="endsAnybodys">Whether it ends whatever session it is told the id of.</param>
    public static Task<InProcess> OpenAsync(Database databases, bool endsAnybodys, CancellationToken ct) =>
        InProcess.OpenAsync(databases, Schema, Document, (site, source) => new Sessions(source, endsAnybodys).Map(site), ct);

    private sealed class Sessions(NpgsqlDataSource source, bool endsAnybodys)
    {
        private readonly ConcurrentDictionary<object, bool> _ended = new();

        public void Map(WebApplication site)
        {
            site.MapPost("/signup", async (Person person) => person.Email is null or "" || person.Password is null ? Missing("email, password")
                : await source.MadeAsync("INSERT INTO users (email, password) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id", person.Email, person.Password) is { } id ? Results.Json(new { id, person.Email }, statusCode: 201) : Results.Conflict());
            site.MapPost("/login", async (Person person) =>
            {
                if (await source.MadeAsync("SELECT id FROM users WHERE email = $1 AND password = $2", person.Email ?? "", person.Password ?? "") is not { } user) return Results.Unauthorized();
                var token = Guid.NewGuid().ToString("N");
                await source.MadeAsync("INSERT INTO sessions (user_id, token) VALUES ($1, $2)", user, token);
                return Results.Ok(new { accessToken = token });
            });
            site.MapGet("/me", (HttpContext http, CancellationToken _) => AsAsync(http, (user, _) => Task.FromResult(Results.Ok(new { id = user }))));
            site.MapGet("/sessions", (HttpContext http, CancellationToken _) => AsAsync(http, async (user, _) => Results.Ok(new { items = (await source.RowsAsync("SELECT id FROM sessions WHERE user_id = $1 ORDER BY id", user)).Select(row => new { id = row[0] }) })));
            site.MapDelete("/sessions/{id:guid}", (HttpContext http, Guid id) => AsAsync(http, async (user, _) =>
                await source.MadeAsync("DELETE FROM sessions WHERE id = $1 AND (user_id = $2 OR $3) RETURNING id", id, user, endsAnybodys) is { } ended ? End(ended) : Results.NotFound()));
            site.MapPost("/password", (HttpContext http, Passwords change) => AsAsync(http, async (user, _) =>
            {
                if (string.IsNullOrEmpty(change.New) || change.New.Contains('\0', StringComparison.Ordinal)) return Missing("new");
                if (await source.MadeAsync("UPDATE users SET password = $3 WHERE id = $1 AND password = $2 RETURNING id", user, (change.Current ?? "").Replace("\0", "", StringComparison.Ordinal), change.New) is null) return Missing("current");
                foreach (var row in await source.RowsAsync("DELETE FROM sessions WHERE user_id = $1 RETURNING id", user)) End(row[0]);
                return Results.NoContent();
            }));
            site.MapPost("/logout", (HttpContext http, Leave leave) => AsAsync(http, async (_, session) =>
            {
                if (leave.Reason is null) return Missing("reason");
                await source.MadeAsync("DELETE FROM sessions WHERE id = $1", session);
                return End(session);
            }));
        }

        private IResult End(object session)
        {
            _ended[session] = true;
            return Results.NoContent();
        }

        private async Task<IResult> AsAsync(HttpContext http, Func<object, object, Task<IResult>> work)
        {
            var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
            return await source.RowsAsync("SELECT user_id, id FROM sessions WHERE token = $1", token) is [var session] && !_ended.ContainsKey(session[1]) ? await work(session[0], session[1]) : Results.Unauthorized();
        }

        private static IResult Missing(string fields) => Results.BadRequest(new { errors = fields.Split(", ").ToDictionary(field => field, _ => (string[])["is required"], StringComparer.Ordinal) });
    }

    private sealed record Person(string? Email, string? Password);

    private sealed record Passwords(string? Current, string? New);

    private sealed record Leave(string? Reason);
}
