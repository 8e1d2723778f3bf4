using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Api.Har;
using Roadworthy.Inspection.Api.Traffic;
using Roadworthy.Inspection.Recording;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Recording;

public sealed class RecordingTests
{
    [Fact]
    public async Task What_goes_through_is_passed_on_as_it_comes_and_learned_from()
    {
        var more = new TaskCompletionSource();
        await using var api = await TestApi.StartAsync(site =>
        {
            site.MapPost("/api/v1/articles", (HttpContext context) => Results.Json(new { slug = "how-to-drive", id = 7 }, statusCode: 201));
            site.MapGet("/api/v1/articles/{slug}", (string slug) => Results.Json(new { slug, title = "How to drive" }));
            site.MapGet("/stream", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("first");
                await context.Response.Body.FlushAsync();
                await more.Task;
                await context.Response.WriteAsync(" second");
            });
            site.MapGet("/moved", () => Results.Redirect("/elsewhere"));
        });
        await using var proxy = await RecordingProxy.StartAsync(api.Address, ct: TestContext.Current.CancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = proxy.Address };
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/articles") { Content = new StringContent("""{"title":"How to drive","password":"hunter2"}""", System.Text.Encoding.UTF8, "application/json") })
        {
            request.Headers.Add("Authorization", "Bearer hunter2");
            Assert.Equal(201, (int)(await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }

        await http.GetStringAsync("/api/v1/articles/how-to-drive?page=2", TestContext.Current.CancellationToken);
        Assert.Equal(302, (int)(await http.GetAsync("/moved", TestContext.Current.CancellationToken)).StatusCode);
        using (var answer = await http.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            var buffer = new byte[5];
            await stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
            Assert.Equal("first"u8.ToArray(), buffer);
            more.SetResult();
            Assert.Equal(" second", await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        var file = HarFile.Write(proxy.Exchanges);
        Assert.DoesNotContain("hunter2", file, StringComparison.Ordinal);
        var description = TrafficLearner.Learn(HarFile.Read(file, "recording.har"), "recording.har");
        Assert.Contains("GET /api/v1/articles/{articleId}", description.Operations.Select(operation => operation.Key));
        var post = description.Operations.Single(operation => operation.Method == "POST");
        Assert.Equal(["password", "title"], post.Body!.Content["application/json"].Required.Order());
        Assert.NotNull(post.Security);
    }

    [Fact]
    public void Segments_that_are_values_are_one_parameter_and_bodies_are_merged()
    {
        RecordedExchange Call(string method, string path, string? body, int status = 200) => new() { Method = method, Path = path, RequestType = "application/json", RequestBody = body, Status = status, ResponseType = "application/json", ResponseBody = "{}" };
        var description = TrafficLearner.Learn(
        [
            Call("PUT", "/users/1/orders/0197298b-d780-7b24-bb65-9296f6e7799d", """{"n":1,"when":"2026-01-02T03:04:05Z"}"""),
            Call("PUT", "/users/22/orders/0197298b-d780-7b24-bb65-9296f6e7799e", """{"n":1.5,"note":null}"""),
            Call("GET", "/nowhere", null, 404),
        ], "test");
        var put = Assert.Single(description.Operations);
        Assert.Equal("/users/{userId}/orders/{orderId}", put.Path);
        Assert.Equal("uuid", put.Parameters.Single(parameter => parameter.Name == "orderId").Schema.Format);
        var body = put.Body!.Content["application/json"];
        Assert.Equal(["n"], body.Required);
        Assert.Equal(SchemaTypes.Number, body.Properties["n"].Types);
        Assert.Equal("date-time", body.Properties["when"].Format);
        Assert.True(body.Properties["note"].Nullable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"log\":{}}")]
    [InlineData("{\"log\":{\"entries\":[]}}")]
    [InlineData("{\"log\":{\"entries\":[7,null,{},{\"request\":{\"url\":\"no\"},\"response\":{}}]}}")]
    public void What_is_no_archive_or_holds_no_call_is_refused_by_its_name(string text) =>
        Assert.Contains("x.har", Assert.Throws<DescriptionException>(() => TrafficLearner.Learn(HarFile.Read(text, "x.har"), "x.har")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Only_what_is_on_this_machine_is_recorded() =>
        await Assert.ThrowsAsync<InspectionException>(() => RecordingProxy.StartAsync(new Uri("http://192.0.2.1"), ct: TestContext.Current.CancellationToken));
}
