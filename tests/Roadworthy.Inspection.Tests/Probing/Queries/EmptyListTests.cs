using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Queries;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Queries;

public sealed class EmptyListTests(Database databases)
{
    private const string Schema = """
        CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nick text NOT NULL);
        INSERT INTO users (nick) VALUES ('ann');
        CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL);
        CREATE TABLE remarks (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author_id int NOT NULL REFERENCES users, post_id int NOT NULL REFERENCES posts, body text NOT NULL);
        """;

    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"Posts","version":"1"},"paths":{
        "/posts":{"get":{"parameters":[{"name":"tag","in":"query","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":""}}},"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["title"],"properties":{"title":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/posts/{id}/remarks":{
          "get":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"200":{"description":""}}},
          "post":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["body"],"properties":{"body":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}}
        }}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE FROM remarks")]
    [InlineData("WITH other AS (INSERT INTO posts (title) VALUES ('other') RETURNING id) UPDATE remarks SET post_id = (SELECT id FROM other)")]
    public async Task One_query_per_row_is_found_also_in_a_list_that_is_empty_before_the_data_is_grown(string emptied)
    {
        await using var blog = await InProcess.OpenAsync(databases, Schema, Document, Map, Token);
        await Database.ScalarAsync(blog.Context.Database, emptied);
        await new QueryProbe().RunAsync(blog.Context, Token);
        Assert.Equal(Verdict.Fail, blog.Result(QueryRules.NPlusOne, "GET /posts/{id}/remarks").Verdict);
    }

    [Fact]
    public async Task One_query_per_row_is_found_also_where_a_filter_is_described_as_needed_that_is_not_and_matches_nothing()
    {
        await using var blog = await InProcess.OpenAsync(databases, Schema, Document, Map, Token);
        await new QueryProbe().RunAsync(blog.Context, Token);
        Assert.Equal(Verdict.Fail, blog.Result(QueryRules.NPlusOne, "GET /posts").Verdict);
    }

    private static void Map(WebApplication site, NpgsqlDataSource source)
    {
        site.MapPost("/posts", async (Post post) => Results.Json(new { id = await source.MadeAsync("INSERT INTO posts (title) VALUES ($1) RETURNING id", post.Title) }, statusCode: 201));
        site.MapGet("/posts", async (string? tag) =>
        {
            var found = new List<object>();
            if (tag is not null) return Results.Ok(new { posts = found });
            foreach (var post in await source.RowsAsync("SELECT id, title FROM posts ORDER BY id LIMIT 20"))
                found.Add(new { id = post[0], title = post[1], remarks = (await source.RowsAsync("SELECT count(*) FROM remarks WHERE post_id = $1", post[0]))[0][0] });
            return Results.Ok(new { posts = found });
        });
        site.MapGet("/posts/{id:int}/remarks", async (int id) =>
        {
            if ((await source.RowsAsync("SELECT id FROM posts WHERE id = $1", id)).Count == 0) return Results.NotFound();
            var found = new List<object>();
            foreach (var remark in await source.RowsAsync("SELECT id, author_id, body FROM remarks WHERE post_id = $1 ORDER BY id LIMIT 20", id))
                found.Add(new { id = remark[0], author = (await source.RowsAsync("SELECT nick FROM users WHERE id = $1", remark[1]))[0][0], body = remark[2] });
            return Results.Ok(new { remarks = found });
        });
        site.MapPost("/posts/{id:int}/remarks", async (int id, Remark remark) =>
            (await source.RowsAsync("SELECT id FROM posts WHERE id = $1", id)).Count == 0 ? Results.NotFound()
            : Results.Json(new { id = await source.MadeAsync("INSERT INTO remarks (author_id, post_id, body) VALUES (1, $1, $2) RETURNING id", id, remark.Body), remark.Body }, statusCode: 201));
    }

    private sealed record Post(string Title);

    private sealed record Remark(string Body);
}
