using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Console.Tests.Support;
using Roadworthy.Queries;
using Roadworthy.Sessions;

namespace Roadworthy.Console.Tests;

/// <summary>The console over the real guards, from what a request does to what a person sees and presses.</summary>
public sealed class ShopTests
{
    [Fact]
    public async Task A_naive_request_is_named_with_its_line_and_the_console_s_own_requests_are_not_among_them()
    {
        await using var shop = await Shop.OpenAsync();
        using var browser = await shop.App.BrowserAsync();
        await browser.GetAsync("/naive");
        await browser.GetAsync("/fine");
        for (var n = 0; n < 5; n++) await browser.PageAsync("/console/requests");
        var page = await browser.PageAsync("/console/requests");
        var rows = page.QuerySelectorAll("tbody tr");
        Assert.Equal(["GET /fine", "GET /naive"], rows.Take(2).Select(row => row.QuerySelector("a").Words()));
        Assert.DoesNotContain("/console", page.QuerySelector("tbody").Words(), StringComparison.Ordinal);
        Assert.Matches(@"^N\+1 × 7 at Shop\.cs:\d+$", rows[1].QuerySelector(".loud").Words());

        var detail = await browser.PageAsync(rows[1].QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(7, detail.QuerySelectorAll(".bars.loud rect").Length);
        Assert.Contains("SELECT id FROM people WHERE id = ?", detail.Content(), StringComparison.Ordinal);

        var only = await browser.PageAsync("/console/requests?n1=1&route=naive");
        Assert.Single(only.QuerySelectorAll("tbody tr"));
        Assert.Contains("N+1 × 7 at Shop.cs:", (await browser.PageAsync("/console")).Content(), StringComparison.Ordinal);
        Assert.All(shop.App.Services.GetRequiredService<RequestHistory>().Latest(200), trace => Assert.DoesNotContain("console", trace.Route, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_is_found_by_its_trace_and_resolved_ignored_and_reopened_by_name()
    {
        await using var shop = await Shop.OpenAsync();
        using var browser = await shop.App.BrowserAsync();
        var trace = (await browser.GetAsync("/boom")).Body.Split("\"traceId\":\"")[1][..32];
        var found = await Eventually.GetAsync("the error is in a group", async () => await browser.GetAsync($"/console/trace?id={trace}") is { Status: 303 } answer
            && answer.Location.StartsWith("/console/errors/", StringComparison.Ordinal) ? answer.Location : null);
        var page = await browser.PageAsync(found);
        Assert.Equal("System.InvalidOperationException", page.QuerySelector("h1").Words());
        Assert.Contains("</title><script>alert(1)</script>‹U+202E›evil␛[31m", page.Content(), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script:not([src])"));
        Assert.Matches(@"Shop\.cs:\d+", page.QuerySelector(".exception .frames .own .place").Words());
        Assert.StartsWith("/console/requests/", page.QuerySelector(".ids a")!.GetAttribute("href"), StringComparison.Ordinal);

        page = await PressAsync(browser, page, "Resolve", "resolved");
        Assert.Contains("by admin@example.com", page.QuerySelector(".tiles").Words(), StringComparison.Ordinal);
        Assert.Empty((await browser.PageAsync("/console/errors")).QuerySelectorAll("tbody tr"));
        page = await PressAsync(browser, page, "Reopen", "open");
        page = await PressAsync(browser, page, "Resolve in the next release", "resolved");
        page = await PressAsync(browser, page, "Ignore", "ignored");
        Assert.Single((await browser.PageAsync("/console/errors?status=ignored&text=evil")).QuerySelectorAll("tbody tr"));
        Assert.Single((await browser.PageAsync("/console/errors?status=all&after=nonsense")).QuerySelectorAll("tbody tr"));
        await PressAsync(browser, page, "Reopen", "open");
    }

    [Fact]
    public async Task Sessions_are_listed_found_and_ended_and_what_happened_to_them_is_told()
    {
        await using var shop = await Shop.OpenAsync();
        using var browser = await shop.App.BrowserAsync();
        Assert.Contains("Nobody is signed in", (await browser.PageAsync("/console/sessions")).Content(), StringComparison.Ordinal);
        var client = new SessionClient(System.Net.IPAddress.Parse("203.0.113.7"), Shop.Stranger);
        await shop.Sessions.SignInAsync(new("ann") { Client = client });
        await shop.Sessions.SignInAsync(new("bob"));
        var page = await browser.PageAsync("/console/sessions");
        Assert.Equal(["bob@example.com", "ann@example.com"], page.QuerySelectorAll("tbody tr td:first-child a").Select(link => link.Words()));
        Assert.Empty(page.QuerySelectorAll("main script"));
        Assert.Contains("‹U+202E›evil", page.Content(), StringComparison.Ordinal);
        Assert.Single((await browser.PageAsync("/console/sessions?user=ann")).QuerySelectorAll("tbody tr"));
        Assert.Contains("not signed in", (await browser.PageAsync("/console/sessions?user=%F0%9F%00nobody")).Content(), StringComparison.Ordinal);

        var answer = await browser.PressAsync(page, "End the session of ann@example.com");
        Assert.Equal((303, "/console/sessions?done=end"), (answer.Status, answer.Location));
        Assert.Equal(404, (await browser.PressAsync(page, "End the session of ann@example.com")).Status);
        Assert.Single((await browser.PageAsync("/console/sessions?done=end")).QuerySelectorAll("tbody tr"));
        var events = await browser.PageAsync("/console/sessions/events");
        Assert.Equal(["ended", "signed in", "signed in"], events.QuerySelectorAll("tbody .badge").Select(badge => badge.Words()));
    }

    [Fact]
    public async Task Users_are_called_and_found_as_the_application_says()
    {
        await using var shop = await Shop.OpenAsync(services => services.AddScoped<IConsoleUsers, Directory>());
        using var browser = await shop.App.BrowserAsync();
        await shop.Sessions.SignInAsync(new("ann"));
        await shop.Sessions.SignInAsync(new("bob"));
        var page = await browser.PageAsync("/console/sessions");
        Assert.Equal(["bob@example.com", "Ann of ‹U+202E›Sales"], page.QuerySelectorAll("tbody tr td:first-child a").Select(link => link.Words()));
        var found = await browser.PageAsync("/console/sessions?user=%20ann@sales%20");
        Assert.Equal("Ann of ‹U+202E›Sales", Assert.Single(found.QuerySelectorAll("tbody tr td:first-child a")).Words());
        Assert.Single((await browser.PageAsync("/console/sessions?user=bob")).QuerySelectorAll("tbody tr"));
        Assert.Equal(200, (await browser.GetAsync("/console/sessions?user=broken")).Status);
    }

    [Fact]
    public async Task With_the_database_down_requests_are_shown_and_errors_say_what_waits()
    {
        await using var shop = await Shop.OpenAsync();
        using var browser = await shop.App.BrowserAsync();
        await browser.GetAsync("/naive");
        await shop.StopDatabaseAsync();
        Assert.Equal(503, (await browser.GetAsync("/naive")).Status);
        await browser.GetAsync("/boom");

        Assert.Contains("N+1 × 7", (await browser.PageAsync("/console/requests")).Content(), StringComparison.Ordinal);
        await Eventually.GetAsync("the page says that errors wait", async () =>
            (await browser.PageAsync("/console/errors")).QuerySelector(".warning").Words() is var said && said.Contains("of errors wait in this instance's spool", StringComparison.Ordinal) ? said : null);
        Assert.Contains("can't be reached", (await browser.PageAsync("/console/errors")).Content(), StringComparison.Ordinal);
        Assert.Contains("can't be reached", (await browser.PageAsync("/console/sessions")).Content(), StringComparison.Ordinal);
        Assert.Contains("can't be reached", (await browser.PageAsync("/console")).Content(), StringComparison.Ordinal);
        Assert.Equal(503, (await browser.GetAsync("/console/errors/01900000-0000-7000-8000-000000000000")).Status);
    }

    private static async Task<IHtmlDocument> PressAsync(Browser browser, IHtmlDocument page, string button, string status)
    {
        var answer = await browser.PressAsync(page, button);
        Assert.True(answer.Status == 303, answer.Body);
        var next = await browser.PageAsync(answer.Location);
        Assert.NotNull(next.QuerySelector(".done"));
        Assert.Contains(status, next.QuerySelectorAll(".tags .badge").Select(badge => badge.Words()), StringComparer.Ordinal);
        return next;
    }

    private sealed class Directory : IConsoleUsers
    {
        public Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(userIds.Where(id => id == "ann").ToDictionary(id => id, _ => "Ann of \u202eSales", StringComparer.Ordinal));

        public Task<string?> FindAsync(string text, CancellationToken cancellationToken) => text switch
        {
            "ann@sales" => Task.FromResult<string?>("ann"),
            "broken" => throw new IOException("The directory is away"),
            _ => Task.FromResult<string?>(null),
        };
    }
}
