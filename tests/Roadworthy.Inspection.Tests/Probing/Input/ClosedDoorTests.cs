using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Input;

/// <summary>Nobody, at what takes somebody: turned away in one place, and in the other taken for a user who is not there.</summary>
public sealed class ClosedDoorTests(Database databases)
{
    private const string Schema = "CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, password text NOT NULL, token text)";

    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"Doors","version":"1"},"paths":{
        "/signup":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["email","password"],"properties":{"email":{"type":"string"},"password":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/login":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["email","password"],"properties":{"email":{"type":"string"},"password":{"type":"string"}}}}}},"responses":{"200":{"description":""}}}},
        "/me":{"get":{"responses":{"200":{"description":""}}}},
        "/me/closed":{"get":{"responses":{"200":{"description":""}}}},
        "/me/open":{"get":{"responses":{"200":{"description":""}}}}
        }}
        """;

    [Fact]
    public async Task Who_is_turned_away_is_no_finding_and_who_makes_it_fail_is()
    {
        await using var doors = await InProcess.OpenAsync(databases, Schema, Document, Map, TestContext.Current.CancellationToken);
        await new InputProbe().RunAsync(doors.Context, TestContext.Current.CancellationToken);
        Assert.Equal("without signing in: answers 500", Assert.Single(doors.Result(InputRules.ServerError, "GET /me/open").Findings).Summary);
        Assert.Equal(["Fail GET /me/open"], doors.Found(InputRules.ServerError).Where(each => each.Contains("/me", StringComparison.Ordinal)));
    }

    private static void Map(WebApplication site, NpgsqlDataSource source)
    {
        site.MapPost("/signup", async (Person person) => string.IsNullOrEmpty(person.Email) || string.IsNullOrEmpty(person.Password) ? Results.BadRequest(new { error = "email and password are required" })
            : await source.MadeAsync("INSERT INTO users (email, password) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id", person.Email, person.Password) is { } id ? Results.Json(new { id }, statusCode: 201) : Results.Conflict(new { error = "email is taken" }));
        site.MapPost("/login", async (Person person) => await source.MadeAsync("UPDATE users SET token = gen_random_uuid() WHERE email = $1 AND password = $2 RETURNING token", person.Email ?? "", person.Password ?? "") is { } token ? Results.Ok(new { token }) : Results.Unauthorized());
        site.MapGet("/me", (Delegate)((HttpContext http) => WhoAsync(http, source, _ => Results.Unauthorized())));
        site.MapGet("/me/closed", (Delegate)((HttpContext http) => WhoAsync(http, source, _ => Results.StatusCode(403))));
        site.MapGet("/me/open", (Delegate)((HttpContext http) => WhoAsync(http, source, _ => Results.StatusCode(500))));
    }

    private static async Task<IResult> WhoAsync(HttpContext http, NpgsqlDataSource source, Func<string, IResult> otherwise)
    {
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        return await source.RowsAsync("SELECT id FROM users WHERE token = $1", token) is [var user] ? Results.Ok(new { id = user[0] }) : otherwise(token);
    }

    private sealed record Person(string? Email, string? Password);
}
