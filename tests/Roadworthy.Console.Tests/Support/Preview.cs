using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Roadworthy.Console.Hosting;

namespace Roadworthy.Console.Tests.Support;

/// <summary>Shows a page with data that a test made, through everything that a page of the console goes through.</summary>
internal static class Preview
{
    private static readonly ConcurrentDictionary<string, Func<IResult>> Pages = new(StringComparer.Ordinal);

    // One application for all previews, for as long as the tests run.
    private static readonly Lazy<Task<(ConsoleApp App, Browser Browser)>> Shared = new(StartAsync);

    public static async Task<Answer> ShowAsync<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        var path = Guid.NewGuid().ToString("N");
        Pages[path] = () => new RazorComponentResult<TPage>(parameters.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal));
        var answer = await (await Shared.Value).Browser.GetAsync($"/console/preview/{path}");
        Assert.True(answer.Status == 200, answer.Body);
        return answer;
    }

    private static async Task<(ConsoleApp App, Browser Browser)> StartAsync()
    {
        var app = await ConsoleApp.StartAsync(console: console => console.MapGet("preview/{path}", (string path) => Pages[path]())
            .AddEndpointFilter(new ConsoleFilter()).WithMetadata(new PageDepth(2)));
        return (app, await app.BrowserAsync());
    }
}
