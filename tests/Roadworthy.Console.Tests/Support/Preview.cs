using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Roadworthy.Console.Hosting;

namespace Roadworthy.Console.Tests.Support;

/// <summary>Shows a page with data that a test made, through everything that a page of the console goes through.</summary>
internal static class Preview
{
    public const string Path = "/console/preview";

    public static async Task<Answer> ShowAsync<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        await using var app = await ConsoleApp.StartAsync(console: console => console.MapPreview<TPage>("preview", parameters));
        using var browser = await app.BrowserAsync();
        var answer = await browser.GetAsync(Path);
        Assert.True(answer.Status == 200, answer.Body);
        return answer;
    }

    public static void MapPreview<TPage>(this RouteGroupBuilder console, string path, params (string Name, object? Value)[] parameters)
        where TPage : IComponent =>
        console.MapGet(path, (HttpContext _) => new RazorComponentResult<TPage>(parameters.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal)))
            .AddEndpointFilter(new ConsoleFilter()).WithMetadata(new PageDepth(1));
}
