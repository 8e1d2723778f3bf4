using System.Text.Json;
using Roadworthy.Errors.Tracking;
using Roadworthy.Queries;

namespace Roadworthy.Console.Tests.Support;

/// <summary>Requests and errors as the guards hand them out, for the pages to show.</summary>
internal static class Samples
{
    public const string Fingerprint = "f1";

    /// <summary>A dashboard that asks for the orders of each user.</summary>
    public static RequestTrace Naive(int times = 37, string sql = "SELECT o.id, o.status\nFROM orders AS o\nWHERE o.user_id = ?", string place = "OrdersList.cs:41") => new()
    {
        Id = "r1",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Method = "GET",
        Route = "/api/dashboard",
        Status = 200,
        StartedAt = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromMilliseconds(120),
        Statements = times + 1,
        RoundTrips = times + 1,
        DatabaseTime = TimeSpan.FromMilliseconds(98),
        RowsRead = 412,
        Budget = 3,
        Spans =
        [
            Span("SELECT u.id, u.email FROM users AS u ORDER BY u.id LIMIT ?", "f0", 4, 9, rows: 37),
            .. Enumerable.Range(0, times).Select(n => Span(sql, Fingerprint, 14 + n * 2.8, 2.2, rows: 10)),
            new() { Name = "HTTP GET", Source = "System.Net.Http", Offset = TimeSpan.FromMilliseconds(118), Duration = TimeSpan.FromMilliseconds(1.5) },
        ],
        Repeats =
        [
            new() { Sql = sql, Fingerprint = Fingerprint, Count = times, DifferentValues = times, IsNPlusOne = true, SourceLine = place, Method = "OrdersList.GetAsync", TotalTime = TimeSpan.FromMilliseconds(81) },
        ],
        Findings =
        [
            new(QueryFindingKind.NPlusOne, $"{times} times with {times} different values, from {place}: {sql}"),
            new(QueryFindingKind.BudgetExceeded, $"{times + 1} statements, and the budget is 3"),
        ],
    };

    public static RequestSpan Span(string sql, string fingerprint, double offset, double duration, long? rows = null) => new()
    {
        Name = "postgresql",
        Source = "Npgsql",
        Sql = sql,
        Fingerprint = fingerprint,
        Statements = 1,
        Rows = rows,
        Offset = TimeSpan.FromMilliseconds(offset),
        Duration = TimeSpan.FromMilliseconds(duration),
    };

    public static ErrorGroup Group(string message = "The basket is empty", ErrorGroupStatus status = ErrorGroupStatus.Open, string type = "System.InvalidOperationException") => new()
    {
        Id = new("0192f0c1-0000-7000-8000-000000000001"),
        Type = type,
        Message = message,
        Culprit = "PlaceOrder.cs:41 in Shop.PlaceOrder.Handle",
        Route = "POST /api/orders",
        Status = status,
        Count = 1_284,
        FirstSeen = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero),
        LastSeen = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero),
        FirstRelease = "1.0.0",
        LastRelease = "1.1.0",
        Hours = [0, 0, 2, 5, 1, 0, 0, 0, 3, 12, 30, 9, 4, 0, 0, 1, 0, 0, 22, 40, 11, 2, 0, 7],
    };

    public static ErrorGroupDetail Detail(object record, ErrorGroup? group = null) => Detail(JsonSerializer.Serialize(record), group);

    public static ErrorGroupDetail Detail(string? record, ErrorGroup? group = null)
    {
        var latest = Event("0192f0c1-0000-7000-8000-0000000000aa", record);
        return new(group ?? Group(), Event("0192f0c1-0000-7000-8000-0000000000bb", record: null), [latest]);
    }

    /// <summary>A record as Roadworthy.Errors writes it, of an exception with a cause that PostgreSQL reported.</summary>
    public static object Record(string message = "The basket is empty") => new
    {
        level = "Error",
        category = "Roadworthy.Errors.Problems.ErrorsMiddleware",
        message = "POST failed and was answered with 500 (internal-error)",
        traceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        method = "POST",
        route = "/api/orders",
        state = new { Status = 500, Kind = "internal-error" },
        exception = new
        {
            type = "System.InvalidOperationException",
            message,
            frames = (string[])
            [
                "System.Linq.ThrowHelper.ThrowNoElementsException()", "System.Linq.Enumerable.First[T](IEnumerable`1 source)",
                "Shop.PlaceOrder.Handle(Basket basket) in /src/shop/Orders/PlaceOrder.cs:line 41", "Shop.OrdersApi.Post(Basket basket) in /src/shop/Orders/OrdersApi.cs:line 12",
                "Microsoft.AspNetCore.Http.RequestDelegateFactory.Handle(Object target)", "--- End of stack trace from previous location ---",
            ],
            data = new { basket = "b-17" },
            inner = new { type = "Npgsql.PostgresException", message = "23505: duplicate key", pg = new { sqlState = "23505", constraint = "orders_pkey", table = "orders" } },
        },
    };

    private static ErrorEvent Event(string id, string? record) => new()
    {
        Id = new(id),
        At = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Method = "POST",
        Route = "/api/orders",
        UserId = "u-1",
        Release = "1.1.0",
        Instance = "shop-2",
        Record = record,
    };
}
