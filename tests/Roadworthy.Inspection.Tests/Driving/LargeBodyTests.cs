using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class LargeBodyTests
{
    private const int Spaces = 5_000_000;

    private static WireRequest Request { get; } = new("POST", "/notes", [], Encoding.UTF8.GetBytes("{\"a\":1}"), "application/json", Spaces);

    [Fact]
    public async Task A_large_body_arrives_whole()
    {
        await using var api = await TestApi.StartAsync(site => site.MapPost("/notes", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            return (await reader.ReadToEndAsync()).Length;
        }));
        var exchange = await api.Client.SendAsync(Request, "A", ct: TestContext.Current.CancellationToken);
        Assert.Equal("5000007", exchange.Response!.Text);
    }

    [Fact]
    public async Task Who_refuses_it_by_its_length_is_heard()
    {
        await using var api = await TestApi.StartAsync(site => site.MapPost("/notes", (HttpRequest request) => Results.StatusCode(request.ContentLength > 1000 ? 413 : 200)));
        var exchange = await api.Client.SendAsync(Request, "A", ct: TestContext.Current.CancellationToken);
        Assert.Equal(413, exchange.Status);
    }

    [Fact]
    public void Its_line_for_the_shell_makes_it_there() =>
        Assert.Equal(
            "(head -c 5000000 /dev/zero | tr '\\0' ' '; printf %s '{\"a\":1}') | curl -i -X POST 'http://127.0.0.1:3000/notes' -H 'Content-Type: application/json' --data-binary @-",
            CurlLine.Of(new Uri("http://127.0.0.1:3000"), Request));
}
