using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Errors;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Errors;

public sealed class ErrorProbeTests(Database databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_fault_of_errors_is_found_and_its_twin_beside_it_is_not()
    {
        await using var shop = await Bookshop.OpenAsync(databases, Token);
        await new ErrorProbe().RunAsync(shop.Context, Token);
        Assert.Equal(["Fail POST /books", "Fail POST /books/with-author", "Fail POST /books/with-author-at-once", "Fail POST /members"], shop.Found(ErrorRules.ConstraintAs500));
        Assert.Equal(["Fail GET /books/{id}", "Fail GET /quota", "Fail POST /covers"], shop.Found(ErrorRules.OutageAsAnswer));
        Assert.Equal(["Fail POST /covers"], shop.Found(ErrorRules.Leak));
        Assert.Equal(["Fail POST /books/with-author"], shop.Found(ErrorRules.PoisonRow));
        Assert.Equal(["Fail GET /leak"], shop.Found(ErrorRules.ConnectionLeak));
        Assert.Empty(shop.Found(ErrorRules.NoRecovery));
        // Of a backend that runs elsewhere nobody sees the output.
        Assert.All(shop.Context.Results.All.Where(result => result.Rule == ErrorRules.Unlogged.Id), result => Assert.Equal(Verdict.Inconclusive, result.Verdict));
    }

    [Fact]
    public async Task What_was_made_to_fail_leaves_the_data_as_they_were()
    {
        await using var shop = await Bookshop.OpenAsync(databases, Token);
        var halves = "SELECT count(*) FROM authors a WHERE NOT EXISTS (SELECT FROM books b WHERE b.author_id = a.id)";
        var before = await Database.ScalarAsync(shop.Context.Database, halves);
        await new ErrorProbe().RunAsync(shop.Context, Token);
        // A few are made whole by the API, to be used; none is the half of a failure.
        Assert.InRange((long)(await Database.ScalarAsync(shop.Context.Database, halves))!, (long)before!, (long)before! + 2);
    }

    [Theory]
    [InlineData("{\"error\":\"Something went wrong\"}", null)]
    [InlineData("{\"error\":\"Select a product from the list\"}", null)]
    [InlineData("{\"error\":\"duplicate key value violates unique constraint \\\"x\\\"\"}", "the driver's words")]
    [InlineData("Error: no\n    at Object.query (/app/src/db.js:10:5)", "a stack")]
    [InlineData("Traceback (most recent call last):\n  File \"/app/a.py\", line 3", "a stack")]
    [InlineData("{\"sql\":\"SELECT id FROM users u WHERE u.email = $1\"}", "SQL")]
    public void What_an_answer_shows_of_the_inside_is_told_from_plain_words(string text, string? shown) => Assert.Equal(shown, Inside.Of(text));

    [Theory]
    [InlineData("GET /api/orders 500 12 ms", "None")]
    [InlineData("{\"level\":\"error\",\"message\":\"GET /x failed\",\"error\":{}}", "Empty")]
    [InlineData("Unhandled error: 57P03: roadworthy-made-this-fail", "NoStack")]
    [InlineData("\u001b[31mError: roadworthy-made-this-fail\u001b[0m\n    \u001b[90mat query (/app/db.js:1:2)\u001b[0m", "Whole")]
    [InlineData("{\"error\":{\"message\":\"roadworthy-made-this-fail\",\"stack\":\"Error: x\\n    at query (/app/db.js:1:2)\"}}", "Whole")]
    [InlineData("Traceback (most recent call last):\n  File \"/app/a.py\", line 3, in get\npsycopg2.OperationalError: roadworthy-made-this-fail", "Whole")]
    [InlineData("12:00:00 FAIL GET failed  [ac7c052b]\n  PostgresException: 57014: roadworthy-made-this-fail\n    Shop.Accounts.Me.Get(Db db) in /app/Accounts/Me.cs:line 29", "Whole")]
    public void A_record_is_judged_by_what_it_tells_of_the_failure(string log, string trace) => Assert.Equal(trace, LogTraces.Of(log.Split('\n')).ToString());

    [Theory]
    [InlineData("GET failed, trace ac7c052b5f0e4d2c8a1b2c3d4e5f6071", true)]
    [InlineData("GET failed  [ac7c052b]", true)]
    [InlineData("GET failed  [ac7c052bff]", false)]
    [InlineData("GET failed", false)]
    public void An_id_leads_to_its_record_also_by_its_beginning(string log, bool leads)
    {
        var response = new WireResponse(500, [], "{\"traceId\":\"ac7c052b5f0e4d2c8a1b2c3d4e5f6071\"}"u8.ToArray(), Truncated: false);
        var exchange = new Exchange { Identity = "A", Request = new WireRequest("GET", "/me", []), Response = response, StartedAt = 0, EndedAt = 1, Log = [log] };
        Assert.Equal(leads, LogTraces.LeadsTo(exchange));
    }
}
