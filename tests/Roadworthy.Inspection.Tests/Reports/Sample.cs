using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Tests.Reports;

/// <summary>A report with one of each kind of evidence, in which the backend says whatever it is told to.</summary>
internal static class Sample
{
    public const string Hostile = "</script><img src=x onerror=alert(1)>\u001b[31m\u202ePASS ]]> & \"quoted\" | `x` \u0007";

    public static InspectionReport Report(string said = "ok") => new()
    {
        Run = new("shop", "npm start", "openapi.json", 12, 11, 42, new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), 48.2, 1830, "PostgreSQL 15.18", []),
        Results =
        [
            RuleResult.Of(QueryRules.NPlusOne, "GET /api/dashboard", [NPlusOne(said)]),
            RuleResult.Of(RaceRules.LostUpdate, "POST /api/orders", [Race(said)]),
            RuleResult.Of(InputRules.TextForNumber, RuleResult.Everywhere, [Input(said)]),
            RuleResult.Of(ErrorRules.Unlogged, "POST /api/signup", [Error(said)]),
            RuleResult.Of(QueryRules.Repeated, "GET /api/me", [Advisory(said)]),
            RuleResult.Pass(AccessRules.OthersRead, "GET /api/orders/{id}", "B was answered 404 for each of A's three orders."),
            RuleResult.Inconclusive(RaceRules.RefreshRace, "POST /api/token/refresh", $"No refresh was found: say which it is. {said}"),
        ],
    };

    public static Finding NPlusOne(string said) => new()
    {
        Rule = "RW250",
        Endpoint = "GET /api/dashboard",
        Verdict = Verdict.Fail,
        Fingerprint = "SELECT * FROM orders WHERE user_id = ?",
        Summary = $"51 statements for 50 users: one more for each. {said}",
        Evidence =
        [
            new GrowthEvidence("Statements by users returned", "users returned", "statements", [new(said, [new(5, 6), new(20, 21), new(50, 51)], 1.0), new("SELECT * FROM users", [new(5, 1), new(20, 1), new(50, 1)], 0)]),
            new StatementsEvidence("During the request for 50 users", [new($"SELECT * FROM orders WHERE user_id = $1 {said}", 50, 500, 61.5, "one for each user"), new("SELECT * FROM users LIMIT $1", 1, 50, 0.9)]),
            new WaterfallEvidence("The request, in time", 70, [new("SELECT * FROM users", 1, 0.9, false), new(said, 2, 1.2, true), new(said, 3.3, 1.1, true)]),
        ],
        Commands = ["curl -H 'Authorization: Bearer ***' http://127.0.0.1:3000/api/dashboard"],
        Source = new("src/routes/dashboard.mjs", 41),
    };

    private static Finding Race(string said) => new()
    {
        Rule = "RW350",
        Endpoint = "POST /api/orders",
        Verdict = Verdict.Fail,
        Fingerprint = "products.stock",
        Summary = $"Two orders of one piece each, and one piece less in stock. {said}",
        Evidence =
        [
            new InterleavingEvidence("Forced order", [new("A", "SELECT stock FROM products WHERE id = $1"), new("A", "held before UPDATE products", true), new("B", said), new("B", "201"), new("-", "A goes on"), new("A", "UPDATE products SET stock = $1")]),
            new ComparisonEvidence("products", ["stock -2"], [$"stock -1 {said}"]),
        ],
    };

    private static Finding Input(string said) => new()
    {
        Rule = "RW153",
        Endpoint = RuleResult.Everywhere,
        Verdict = Verdict.Fail,
        Fingerprint = "text for number",
        Summary = $"23 fields refuse text that holds their value. {said}",
        Evidence = [new PlacesEvidence("Where", ["POST /api/signup /age", said])],
    };

    private static Finding Error(string said) => new()
    {
        Rule = "RW453",
        Endpoint = "POST /api/signup",
        Verdict = Verdict.Fail,
        Fingerprint = "500",
        Summary = $"A 500 of which the output has no type and no stack. {said}",
        Evidence = [new ExchangeEvidence("The request", $"POST /api/signup\n{said}", 500, said, 12.5), new LogEvidence("Its output", ["Error: {}", said]), new LogEvidence("The other's", [])],
    };

    private static Finding Advisory(string said) => new()
    {
        Rule = "RW251",
        Endpoint = "GET /api/me",
        Verdict = Verdict.Advisory,
        Fingerprint = "SELECT",
        Summary = $"One statement three times, with the same values. {said}",
        Evidence = [new StatementsEvidence("During the request", [new(said, 3, 3, 1.1)])],
    };
}
