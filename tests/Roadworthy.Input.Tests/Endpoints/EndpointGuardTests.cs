using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints;

public sealed class EndpointGuardTests
{
    [Fact]
    public async Task A_bad_body_a_bad_route_a_bad_query_and_a_bad_header_are_one_problem()
    {
        await using var app = await TestApp.StartAsync(a => a.MapPost("/orders/{id}", (int id, int? limit, [FromHeader(Name = "X-Age")] int age, Order order) => "ran"));

        var answer = await app.PostAsync("/orders/x?limit=ten", """{"quantity":"many"}""", r => r.Headers.Add("X-Age", "old"));

        Assert.Equal(["path:id type", "query:limit type", "header:X-Age type", "/quantity type"], answer.Rules);
        answer.IsProblem(400, "invalid-input");
        Assert.Equal("The request can't be taken as it is", answer.Problem.GetProperty("title").GetString());
        Assert.Equal(["Must be a whole number, but other text came."], answer.Messages("query:limit"));
    }

    // https://github.com/dotnet/aspnetcore/issues/64341: a 400 was written, and the handler ran all the same.
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Neither_filters_nor_handler_run_on_a_request_that_is_refused(string environment)
    {
        var ran = new List<string>();
        await using var app = await TestApp.StartAsync(
            a => a.MapPost("/", (Order order, int? v) =>
            {
                ran.Add("handler");
                return "ran";
            }).AddEndpointFilter((context, next) =>
            {
                ran.Add("filter");
                return next(context);
            }),
            environment: environment);

        Assert.Equal(["/quantity type"], (await app.PostAsync("/", """{"quantity":"x"}""")).Rules);
        Assert.Equal(["query:v type"], (await app.PostAsync("/?v=x", """{"quantity":1}""")).Rules);
        Assert.Equal([" required"], (await app.PostAsync("/", "")).Rules);
        Assert.Empty(ran);
        (await app.PostAsync("/?v=1", """{"quantity":1}""")).IsOk("ran");
        Assert.Equal(["filter", "handler"], ran);
    }

    [Fact]
    public async Task A_handler_s_own_answers_and_exceptions_are_left_alone()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/bare", (int v, HttpResponse response) =>
            {
                response.StatusCode = v;
            });
            a.MapGet("/result", (int v) => Results.StatusCode(v));
            a.MapPost("/result", (Order order) => Results.BadRequest(new { mine = order.Quantity }));
            a.MapGet("/throws", string (int v) => throw new InvalidOperationException("mine"));
            a.MapGet("/throws-later", async Task<string> (int v) =>
            {
                await Task.Yield();
                throw new InvalidOperationException("mine");
            });
        });

        Assert.Equal((400, ""), await BareAsync("/bare?v=400"));
        Assert.Equal((400, ""), await BareAsync("/result?v=400"));
        Assert.Equal((415, ""), await BareAsync("/result?v=415"));
        Assert.Equal("""{"mine":1}""", (await app.PostAsync("/result", """{"quantity":1}""")).Body);
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => app.GetAsync("/throws?v=1"))).Message);
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => app.GetAsync("/throws-later?v=1"))).Message);

        async Task<(int Status, string Body)> BareAsync(string path)
        {
            var answer = await app.GetAsync(path);
            return (answer.Status, answer.Body);
        }
    }

    [Fact]
    public async Task Members_that_nothing_reads_are_listed_in_the_log_of_development_only()
    {
        await using var development = await TestApp.StartAsync(a => a.MapPost("/", (Order order) => "ran"), environment: "Development");
        await using var production = await TestApp.StartAsync(a => a.MapPost("/", (Order order) => "ran"));
        const string Body = """{"quantity":1,"quanity":2,"a\nb":3}""";

        (await development.PostAsync("/", Body)).IsOk("ran");
        (await production.PostAsync("/", Body)).IsOk("ran");

        var line = Assert.Single(development.Logs.Ours);
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Equal("POST HTTP: POST / got members that nothing reads: /quanity, /a?b", line.Message);
        Assert.Empty(production.Logs.Ours);
    }

    [Fact]
    public async Task Many_requests_at_once_keep_their_errors_apart()
    {
        await using var app = await TestApp.StartAsync(a => a.MapPost("/{id}", (int id, Order order) => $"{id} {order.Quantity}"));

        await Parallel.ForAsync(0, 2_000, async (i, _) =>
        {
            switch (i % 3)
            {
                case 0:
                    (await app.PostAsync($"/{i}.0", $$"""{"quantity":"{{i}}"}""")).IsOk($"{i} {i}");
                    break;
                case 1:
                    Assert.Equal(["/quantity type"], (await app.PostAsync($"/{i}", """{"quantity":"x"}""")).Rules);
                    break;
                default:
                    Assert.Equal(["path:id type"], (await app.PostAsync("/x", $$"""{"quantity":{{i}}}""")).Rules);
                    break;
            }
        });
    }

    [Fact]
    public async Task A_validator_that_goes_on_after_its_end_reaches_no_other_request()
    {
        var straggler = new Straggler();
        await using var app = await TestApp.StartAsync(
            a => a.MapPost("/{id}", (int id, Order order) => "ran"),
            services => services.AddSingleton<IInputValidator>(straggler));
        (await app.PostAsync("/1", """{"quantity":1}""")).IsOk("ran");

        straggler.Report!.Add("Note", "late", "Comes too late.");

        Assert.Equal(["path:id type"], (await app.PostAsync("/x", """{"quantity":1}""")).Rules);
    }

    private sealed class Straggler : IInputValidator
    {
        public InputReport? Report { get; private set; }

        public bool Validates(Type type, IServiceProvider services) => true;

        public ValueTask ValidateAsync(Type type, object value, HttpContext http, InputReport report)
        {
            Report ??= report;
            return default;
        }
    }
}
