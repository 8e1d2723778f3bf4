using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>A backend in this process that has each fault of queries and errors beside its twin, on a database behind a proxy.</summary>
internal static class Bookshop
{
    private const string Schema = """
        CREATE TABLE authors (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE books (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author_id int NOT NULL REFERENCES authors ON DELETE CASCADE, isbn text NOT NULL UNIQUE, pages int NOT NULL CHECK (pages >= 1), views int NOT NULL DEFAULT 0);
        CREATE TABLE covers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, book_id int NOT NULL REFERENCES books ON DELETE CASCADE, color text NOT NULL);
        CREATE INDEX ON covers (book_id);
        CREATE TABLE members (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, login text NOT NULL UNIQUE, badge text NOT NULL UNIQUE);
        CREATE TABLE visits (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text NOT NULL);
        """;

    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"Books","version":"1"},"paths":{
        "/authors":{"get":{"responses":{"200":{"description":""}}},
          "post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/books":{"get":{"parameters":[{"name":"limit","in":"query","schema":{"type":"integer"}}],"responses":{"200":{"description":""}}},
          "post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["authorId","isbn","pages"],"properties":{"authorId":{"type":"integer"},"isbn":{"type":"string"},"pages":{"type":"integer"}}}}}},"responses":{"201":{"description":""}}}},
        "/books/{id}":{"get":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"200":{"description":""}}}},
        "/books/{id}/safely":{"get":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"200":{"description":""}}}},
        "/books/with-author":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["name","title","pages"],"properties":{"name":{"type":"string"},"title":{"type":"string"},"pages":{"type":"integer"}}}}}},"responses":{"201":{"description":""}}}},
        "/books/with-author-at-once":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["name","title","pages"],"properties":{"name":{"type":"string"},"title":{"type":"string"},"pages":{"type":"integer"}}}}}},"responses":{"201":{"description":""}}}},
        "/covers":{"get":{"responses":{"200":{"description":""}}},
          "post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["bookId","color"],"properties":{"bookId":{"type":"integer"},"color":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/members":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["login","badge"],"properties":{"login":{"type":"string"},"badge":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/count":{"get":{"responses":{"200":{"description":""}}}},
        "/quota":{"get":{"responses":{"200":{"description":""}}}},
        "/leak":{"get":{"responses":{"200":{"description":""}}}}
        }}
        """;

    public static Task<InProcess> OpenAsync(Database databases, CancellationToken ct) => InProcess.OpenAsync(databases, Schema, Document, Map, ct);

    private static void Map(WebApplication site, NpgsqlDataSource source)
    {
        site.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                context.Response.StatusCode = 500;
                await context.Response.WriteAsJsonAsync(new { error = "Something went wrong" }, CancellationToken.None);
            }
        });
        site.MapGet("/authors", async () =>
        {
            var found = new List<object>();
            foreach (var author in await source.RowsAsync("SELECT id, name FROM authors ORDER BY id LIMIT 20")) found.Add(new { id = author[0], name = author[1], books = (await source.RowsAsync("SELECT id FROM books WHERE author_id = $1", author[0])).Select(book => book[0]) });
            return found;
        });
        site.MapPost("/authors", async (Author author) => await source.MadeAsync("INSERT INTO authors (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id", author.Name) is { } id ? Results.Json(new { id, author.Name }, statusCode: 201) : Results.Conflict(new { error = "name is taken" }));
        // Bookkeeping: who asked what. And one statement for all, with a limit.
        site.MapGet("/books", async (int? limit) =>
        {
            await source.RowsAsync("INSERT INTO visits (path) VALUES ('/books')");
            return (await source.RowsAsync("SELECT b.id, b.isbn, a.name FROM books b JOIN authors a ON a.id = b.author_id ORDER BY b.id LIMIT $1", Math.Clamp(limit ?? 20, 1, 50))).Select(book => new { id = book[0], isbn = book[1], author = book[2] });
        });
        site.MapPost("/books", async (Book book) => Results.Json(new { id = await source.MadeAsync("INSERT INTO books (author_id, isbn, pages) VALUES ($1, $2, $3) RETURNING id", book.AuthorId, book.Isbn, book.Pages) }, statusCode: 201));
        site.MapGet("/books/{id:int}", async (int id) =>
        {
            try
            {
                return (await source.RowsAsync("UPDATE books SET views = views + 1 WHERE id = $1 RETURNING id, isbn, views", id)) is [var book] ? Results.Ok(new { id = book[0], isbn = book[1], views = book[2] }) : Results.NotFound();
            }
            catch (NpgsqlException)
            {
                return Results.NotFound();
            }
        });
        site.MapGet("/books/{id:int}/safely", async (int id) => (await source.RowsAsync("SELECT id, isbn FROM books WHERE id = $1", id)) is [var book] ? Results.Ok(new { id = book[0], isbn = book[1] }) : Results.NotFound());
        site.MapPost("/books/with-author", async (Pair pair) =>
        {
            var author = await source.MadeAsync("INSERT INTO authors (name) VALUES ($1) RETURNING id", pair.Name);
            return Results.Json(new { id = await source.MadeAsync("INSERT INTO books (author_id, isbn, pages) VALUES ($1, $2, $3) RETURNING id", author!, pair.Title, pair.Pages) }, statusCode: 201);
        });
        site.MapPost("/books/with-author-at-once", async (Pair pair) =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var first = new NpgsqlCommand("INSERT INTO authors (name) VALUES ($1) RETURNING id", connection) { Parameters = { new() { Value = pair.Name } } };
            var author = (int)(await first.ExecuteScalarAsync())!;
            await using var second = new NpgsqlCommand("INSERT INTO books (author_id, isbn, pages) VALUES ($1, $2, $3) RETURNING id", connection) { Parameters = { new() { Value = author }, new() { Value = pair.Title }, new() { Value = pair.Pages } } };
            var id = await second.ExecuteScalarAsync();
            await transaction.CommitAsync();
            return Results.Json(new { id }, statusCode: 201);
        });
        site.MapGet("/covers", async () => (await source.RowsAsync("SELECT id, color FROM covers ORDER BY id")).Select(cover => new { id = cover[0], color = cover[1] }));
        site.MapPost("/covers", async (Cover cover) =>
        {
            try
            {
                return Results.Json(new { id = await source.MadeAsync("INSERT INTO covers (book_id, color) VALUES ($1, $2) RETURNING id", cover.BookId, cover.Color) }, statusCode: 201);
            }
            catch (NpgsqlException e)
            {
                return Results.BadRequest(new { error = e.Message });
            }
        });
        // The one name is looked after, the other is not.
        site.MapPost("/members", async (Member member) => await source.MadeAsync("INSERT INTO members (login, badge) VALUES ($1, $2) ON CONFLICT (login) DO NOTHING RETURNING id", member.Login, member.Badge) is { } id ? Results.Json(new { id }, statusCode: 201) : Results.Conflict(new { error = "login is taken" }));
        site.MapGet("/count", async () => new { books = (await source.RowsAsync("SELECT id, isbn FROM books")).Count });
        site.MapGet("/quota", async () =>
        {
            try
            {
                return Results.Ok(new { left = (await source.RowsAsync("SELECT id FROM members WHERE id = 1")).Count });
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                return Results.NotFound();
            }
        });
        site.MapGet("/leak", async () =>
        {
            var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("SELECT count(*) FROM books", connection);
            return new { books = await command.ExecuteScalarAsync() };
        });
    }

    private sealed record Author(string Name);

    private sealed record Book(int AuthorId, string Isbn, int Pages);

    private sealed record Pair(string Name, string Title, int Pages);

    private sealed record Member(string Login, string Badge);

    private sealed record Cover(int BookId, string Color);
}
