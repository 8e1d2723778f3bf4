using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

/// <summary>An isbn is a book's own where books are made, and refers to one where books are lent; nothing but what happens tells.</summary>
public sealed class NaturalKeyTests
{
    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"Library","version":"1"},"paths":{
        "/loans":{"get":{"responses":{"200":{"description":""}}},
          "post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["isbn","days"],"properties":{"isbn":{"type":"string"},"days":{"type":"integer"}}}}}},"responses":{"201":{"description":""}}}},
        "/volumes":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["isbn","pages"],"properties":{"isbn":{"type":"string"},"pages":{"type":"integer"}}}}}},"responses":{"201":{"description":""}}}}
        }}
        """;

    [Fact]
    public async Task A_key_of_the_thing_itself_is_new_each_time_though_other_things_have_such_a_key()
    {
        await using var api = await StartAsync();
        var driver = api.Drive(Document);
        await driver.SolveAsync(TestApi.Operation(driver, "GET /loans"), Ada, Token);
        await AssertWorksAgainAsync(driver, "POST /volumes");
    }

    [Fact]
    public async Task A_key_of_another_thing_is_taken_from_one_that_exists_though_its_own_kind_shows_it_too()
    {
        await using var api = await StartAsync();
        var driver = api.Drive(Document);
        await driver.SolveAsync(TestApi.Operation(driver, "POST /volumes"), Ada, Token);
        await AssertWorksAgainAsync(driver, "POST /loans");
    }

    private static Identity Ada { get; } = new() { Name = "A" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task AssertWorksAgainAsync(Driver driver, string key)
    {
        var operation = TestApi.Operation(driver, key);
        for (var n = 0; n < 2; n++)
        {
            var solved = await driver.SolveAsync(operation, Ada, Token);
            Assert.True(solved.Succeeded, solved.Reason);
        }

        // What was learned holds for whoever asks next, at the first attempt.
        for (var n = 0; n < 2; n++) Assert.Equal(201, (await driver.SendAsync(driver.Build(operation, Ada)!, Ada, Token)).Status);
    }

    private static Task<TestApi> StartAsync()
    {
        var (volumes, loans) = (new HashSet<string>(StringComparer.Ordinal) { "978-0-00-000000-2" }, new List<object> { new { id = 1, isbn = "978-0-00-000000-2", days = 3 } });
        return TestApi.StartAsync(site =>
        {
            site.MapGet("/loans", () => loans);
            site.MapPost("/loans", (Loan loan) =>
            {
                if (!volumes.Contains(loan.Isbn)) return Results.NotFound(new { error = "Not found" });
                var made = new { id = loans.Count + 1, isbn = loan.Isbn, days = loan.Days };
                loans.Add(made);
                return Results.Json(made, statusCode: 201);
            });
            // A unique violation that nobody expected.
            site.MapPost("/volumes", (Volume volume) => volumes.Add(volume.Isbn) ? Results.Json(new { id = volumes.Count, pages = volume.Pages }, statusCode: 201) : Results.StatusCode(500));
        });
    }

    private sealed record Loan(string Isbn, int Days);

    private sealed record Volume(string Isbn, int Pages);
}
