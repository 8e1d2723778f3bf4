using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints;

public sealed class EndpointGuardTests
{
    [Fact]
    public async Task A_bad_body_a_bad_route_a_bad_query_and_a_bad_header_are_one_problem()
    {
        var ran = 0;
        await using var app = await TestApp.StartAsync(a => a.MapPost("/orders/{id}", (int id, int? limit, [FromHeader(Name = "X-Age")] int age, Order order) =>
        {
            ran++;
            return $"{id} {limit} {age} {order}";
        }));

        var answer = await app.PostAsync("/orders/x?limit=ten", """{"quantity":"many"}""", r => r.Headers.Add("X-Age", "old"));

        Assert.Equal(["path:id type", "query:limit type", "header:X-Age type", "/quantity type"], answer.Rules);
        Assert.Equal(0, ran);
        answer.IsProblem(400, "invalid-input");
        Assert.Equal("The request can't be taken as it is", answer.Problem.GetProperty("title").GetString());
        Assert.Equal(["Must be a whole number, but other text came."], answer.Messages("query:limit"));
    }

    [Fact]
    public async Task A_clean_request_runs()
    {
        await using var app = await TestApp.StartAsync(a => a.MapPost("/orders/{id}", (int id, int? limit, Order order) => $"{id} {limit} {order.Quantity}"));

        (await app.PostAsync("/orders/7?limit=10", """{"quantity":3}""")).IsOk("7 10 3");
        (await app.PostAsync("/orders/7.0?limit=%2010.0", """{"quantity":"3.0"}""")).IsOk("7 10 3");
        (await app.PostAsync("/orders/7?limit=", """{"quantity":3}""")).IsOk("7  3");
    }
}
