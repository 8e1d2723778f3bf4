using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class SurveyOrderTests
{
    // The description names the inner one first.
    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"Lists","version":"1"},"paths":{
        "/users":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["email","password"],"properties":{"email":{"type":"string"},"password":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/users/{id}":{"delete":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"204":{"description":""}}}},
        "/lists":{"get":{"responses":{"200":{"description":""}}},"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["title"],"properties":{"title":{"type":"string"}}}}}},"responses":{"201":{"description":""}}}},
        "/lists/{listId}":{"delete":{"parameters":[{"name":"listId","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"204":{"description":""}}}},
        "/lists/{listId}/items/{itemId}":{"delete":{"parameters":[{"name":"itemId","in":"path","required":true,"schema":{"type":"integer"}},{"name":"listId","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"204":{"description":""}}}}
        }}
        """;

    [Fact]
    public async Task What_a_path_names_last_is_what_is_gone_when_it_was_deleted_whatever_order_the_description_has()
    {
        await using var api = await TestApi.StartAsync(site => site.MapDelete("/lists/{list}/items/{item}", () => Results.NoContent()));
        var driver = api.Drive(Document);
        var operation = TestApi.Operation(driver, "DELETE /lists/{listId}/items/{itemId}");
        driver.Resources.Add("list", "id", "7", "A", operation, created: true);
        driver.Resources.Add("item", "id", "42", "A", operation, created: true);
        Assert.Equal(204, (await driver.SendAsync(driver.Build(operation, Ada)!, Ada, Token)).Status);
        Assert.Empty(driver.Resources.Of("item"));
        Assert.Equal("7", Assert.Single(driver.Resources.Of("list")).Value);
    }

    [Fact]
    public async Task An_account_that_is_still_needed_is_not_what_a_deletion_is_tried_on()
    {
        await using var api = await TestApi.StartAsync(_ => { });
        var driver = api.Drive(Document);
        var (signUp, delete) = (TestApi.Operation(driver, "POST /users"), TestApi.Operation(driver, "DELETE /users/{id}"));
        driver.Resources.IsNeeded = value => value is { Created: true, Who: "A" } && value.Source == signUp;
        driver.Resources.Add("user", "id", "1", "A", signUp, created: true);
        Assert.Null(driver.Build(delete, Ada));
        driver.Resources.Add("user", "id", "2", "C", signUp, created: true);
        Assert.Equal("2", driver.Build(delete, Ada)!.Path["id"]);
    }

    [Fact]
    public async Task What_the_survey_has_deleted_is_made_again()
    {
        var (lists, next) = (new ConcurrentDictionary<int, string>(), 0);
        await using var api = await TestApi.StartAsync(site =>
        {
            site.MapGet("/lists", () => lists.Select(list => new { id = list.Key, title = list.Value }));
            site.MapPost("/lists", (List list) =>
            {
                var id = Interlocked.Increment(ref next);
                lists[id] = list.Title;
                return Results.Json(new { id, list.Title }, statusCode: 201);
            });
            site.MapDelete("/lists/{id:int}", (int id) => lists.TryRemove(id, out _) ? Results.NoContent() : Results.NotFound());
        });
        var driver = api.Drive(Document);
        var survey = new Survey(driver, new Accounts(driver, AuthShapes.Of(driver.Description)));
        await survey.RunAsync([Ada], null, Token);
        Assert.True(survey.Best(TestApi.Operation(driver, "DELETE /lists/{listId}")) is { Succeeded: true });
        Assert.NotEmpty(lists);
    }

    private static Identity Ada { get; } = new() { Name = "A" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed record List(string Title);
}
