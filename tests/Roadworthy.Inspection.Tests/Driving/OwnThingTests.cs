using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

/// <summary>Whoever makes another account may still change their own only.</summary>
public sealed class OwnThingTests
{
    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"People","version":"1"},"paths":{
        "/people":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["nickname"],"properties":{"nickname":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/people/{id}":{"patch":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["nickname"],"properties":{"nickname":{"type":"string"}}}}}},"responses":{"200":{"description":""}}}}
        }}
        """;

    [Fact]
    public async Task What_somebody_may_not_change_is_not_asked_for_again_while_there_is_what_they_may()
    {
        var count = 0;
        await using var api = await TestApi.StartAsync(site =>
        {
            site.MapPost("/people", (Person person) => Results.Json(new { id = ++count, person.Nickname }, statusCode: 201));
            site.MapPatch("/people/{id:int}", (int id, Person person) => id == 1 ? Results.Json(new { id, person.Nickname }) : Results.Json(new { error = "forbidden" }, statusCode: 403));
        });
        var driver = api.Drive(Document);
        var (ada, ct) = (new Identity { Name = "A" }, TestContext.Current.CancellationToken);
        for (var n = 0; n < 2; n++) Assert.True((await driver.SolveAsync(TestApi.Operation(driver, "POST /people"), ada, ct)).Succeeded);
        var change = TestApi.Operation(driver, "PATCH /people/{id}");
        Assert.True((await driver.SolveAsync(change, ada, ct)).Succeeded);
        Assert.Equal("1", driver.Build(change, ada)!.Path["id"]);
    }

    private sealed record Person(string Nickname);
}
