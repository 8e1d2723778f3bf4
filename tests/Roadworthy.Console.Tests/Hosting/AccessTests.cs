using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Console.Tests.Support;

namespace Roadworthy.Console.Tests.Hosting;

public sealed class AccessTests
{
    private static readonly string[] Pages =
    [
        "/console", "/console/requests", "/console/requests/some", "/console/errors", "/console/errors/01900000-0000-7000-8000-000000000000", "/console/sessions",
        "/console/sessions/events", "/console/trace?id=x", "/console/assets/console.css",
    ];

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_from_every_address_of_the_console()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync(role: null);
        foreach (var page in Pages)
        {
            var answer = await browser.GetAsync(page);
            Assert.Equal(302, answer.Status);
            Assert.StartsWith("/login?ReturnUrl=%2Fconsole", answer.Location, StringComparison.Ordinal);
            Assert.DoesNotContain("<main", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Somebody_of_another_role_is_refused_at_every_address_of_the_console()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync("user");
        foreach (var page in Pages) Assert.Equal(403, (await browser.GetAsync(page)).Status);
        Assert.Equal(403, (await browser.PostAsync("/console/sessions/01900000-0000-7000-8000-000000000000/end", new Dictionary<string, string>(StringComparer.Ordinal))).Status);
    }

    [Fact]
    public async Task No_route_of_the_console_is_without_the_policy()
    {
        await using var app = await ConsoleApp.StartAsync();
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/console", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count >= 14, $"{routes.Count}");
        Assert.All(routes, route => Assert.Equal("operators", route.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>()?.Policy));
    }

    [Fact]
    public async Task A_host_that_is_none_is_the_client_s_fault()
    {
        // As a client without HttpClient's manners has it, once somebody is signed in.
        await using var app = await ConsoleApp.StartAsync(map: site => site.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/console", StringComparison.Ordinal)) http.Request.Host = new("a..b");
            return next(http);
        }));
        using var browser = await app.BrowserAsync();
        var answer = await browser.GetAsync("/console");
        Assert.Equal(400, answer.Status);
        Assert.Contains("names no host", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resolve")]
    [InlineData("resolve-next")]
    [InlineData("ignore")]
    [InlineData("reopen")]
    public async Task A_form_without_its_token_is_a_400_that_says_what_to_do(string what)
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var answer = await browser.PostAsync($"/console/errors/01900000-0000-7000-8000-000000000000/{what}", new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.Equal(400, answer.Status);
        Assert.Contains("load it again", answer.Page.Content(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_none_or_too_large_is_a_400()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var many = Enumerable.Range(0, 5_000).ToDictionary(n => $"field{n}", _ => "x", StringComparer.Ordinal);
        Assert.Equal(400, (await browser.PostAsync("/console/errors/01900000-0000-7000-8000-000000000000/ignore", many)).Status);
        var wide = new Dictionary<string, string>(StringComparer.Ordinal) { [new string('k', 5_000)] = "x" };
        Assert.Equal(400, (await browser.PostAsync("/console/errors/01900000-0000-7000-8000-000000000000/ignore", wide)).Status);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_from_elsewhere_is_refused_even_with_a_token(string header, string value)
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var answer = await browser.PostAsync("/console/sessions/01900000-0000-7000-8000-000000000000/end", await TokenAsync(browser), (header, value));
        Assert.Equal(403, answer.Status);
    }

    [Fact]
    public async Task A_form_with_its_token_gets_as_far_as_its_work()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var answer = await browser.PostAsync("/console/sessions/01900000-0000-7000-8000-000000000000/end", await TokenAsync(browser), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task The_token_of_one_person_is_not_taken_from_another()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var one = await app.BrowserAsync();
        using var other = await app.BrowserAsync();
        await other.PageAsync("/console");
        var answer = await other.PostAsync("/console/sessions/01900000-0000-7000-8000-000000000000/end", await TokenAsync(one));
        Assert.Equal(400, answer.Status);
    }

    private static async Task<Dictionary<string, string>> TokenAsync(Browser browser)
    {
        var token = (await browser.PageAsync("/console")).QuerySelector("#act input")!;
        return new(StringComparer.Ordinal) { [token.GetAttribute("name")!] = token.GetAttribute("value")! };
    }
}
