using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Storefront.BrowserTests.Support;
using Storefront.Local.Demo;
using Storefront.Tests.Support;

namespace Storefront.BrowserTests;

/// <summary>The console before a browser, over a backend that has a naive dashboard and a bug.</summary>
[Collection(OperatorsTests.Name)]
public sealed partial class ConsoleTests(OperatorsSite site)
{
    [Fact]
    [Trait("Category", "Long")]
    public Task Every_page_is_fit_for_everybody_on_a_phone_in_the_dark() => FitAsync([Look.Phone with { Dark = true }]);

    [Fact]
    [Trait("Category", "Long")]
    public Task Every_page_is_fit_for_everybody_in_every_look() => FitAsync(Look.All);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_naive_dashboard_is_named_with_its_line(bool scripts)
    {
        var page = await site.LogInAsync(new(Scripts: scripts));
        await site.Host.Anonymous.GetAsync("/naive");
        await page.FollowAsync("Console");
        await page.FollowAsync("Requests");
        await Assertions.Expect(page.Locator("tr", new() { HasText = "/naive" }).First.Locator(".loud")).ToHaveTextAsync(NaiveBadge());
        await page.FollowAsync("GET /naive");
        await Assertions.Expect(page.Locator(".tags .loud")).ToHaveTextAsync(NaiveBadge());
        Assert.Equal(OperatorsSite.Users, await page.Locator(".bars.loud rect").CountAsync());
    }

    [Fact]
    public async Task What_is_new_appears_without_a_reload_and_leaves_the_reader_alone()
    {
        await site.WorkAsync();
        var page = await site.LogInAsync();
        await page.GotoAsync("/console/requests");
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        await page.EvaluateAsync("window.same = true");
        var link = page.Link("GET /naive").Last;
        await link.FocusAsync();
        await site.Host.Anonymous.GetAsync("/only/once");
        await Assertions.Expect(page.Locator("tr", new() { HasText = "(no route)" }).First).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.same === true && document.activeElement.textContent.includes('/naive')"));

        await page.Button("Pause").ClickAsync();
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Paused");
        await page.Button("Go on").ClickAsync();
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_error_is_resolved_ignored_and_reopened(bool scripts)
    {
        await site.WorkAsync();
        var page = await site.LogInAsync(new(Scripts: scripts));
        await page.GotoAsync("/console/errors");
        await page.Locator("tbody a").First.ClickAsync();
        foreach (var (button, status) in ((string, string)[])[("Resolve", "resolved"), ("Reopen", "open"), ("Ignore", "ignored"), ("Reopen", "open")])
        {
            await page.PressAsync(button);
            await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".tags .badge").First).ToHaveTextAsync(status);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_trace_id_leads_by_the_keyboard_alone_from_the_problem_to_the_error()
    {
        var problem = await (await site.Host.Anonymous.GetAsync("/boom")).Content.ReadAsStringAsync();
        var trace = TraceId().Match(problem).Groups[1].Value;
        var page = await site.LogInAsync();
        await page.GotoAsync("/console");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Link("Skip to the content")).ToBeFocusedAsync();
        for (var n = 0; n < 6; n++) await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByLabel("Trace id or request id")).ToBeFocusedAsync();
        await site.TrackedAsync(trace);
        await page.Keyboard.TypeAsync(trace);
        await page.AndThenAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.StartsWith("/console/errors/", page.PathAndQuery(), StringComparison.Ordinal);
        await Assertions.Expect(page.Heading("System.InvalidOperationException").First).ToBeVisibleAsync();
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_session_that_is_ended_is_signed_out_at_its_next_page()
    {
        var other = await site.LogInAsync(email: DemoAccounts.User);
        var page = await site.LogInAsync();
        await page.GotoAsync($"/console/sessions?user={DemoAccounts.User}");
        await page.AndThenAsync(() => page.Button($"End the session of {DemoAccounts.User}").First.ClickAsync());
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        await other.GotoAsync("/account");
        Assert.StartsWith("/login", other.PathAndQuery(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_stranger_signs_in_first_and_somebody_else_is_told_that_it_is_not_for_them()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("/console/requests?by=slowest");
        Assert.StartsWith("/login", page.PathAndQuery(), StringComparison.Ordinal);
        await page.LogInAsync(DemoAccounts.User, site.Password);
        await Assertions.Expect(page.Heading("Not for this account")).ToBeVisibleAsync();
        Assert.Equal("/console/requests?by=slowest", page.PathAndQuery());
    }

    private async Task FitAsync(IEnumerable<Look> looks)
    {
        await site.WorkAsync();
        foreach (var look in looks)
        {
            var page = await site.LogInAsync(look);
            foreach (var (name, path) in ((string, string)[])[("overview", ""), ("requests", "/requests"), ("errors", "/errors"), ("sessions", "/sessions"), ("events", "/sessions/events")])
            {
                await page.GotoAsync("/console" + path);
                await page.ShouldBeFitForEverybodyAsync($"{path} at {look}");
                await page.PictureAsync($"console-{name}-{Suffix(look)}", whole: true);
            }

            await page.GotoAsync("/console/requests?n1=1&route=naive");
            await page.Locator("tbody a").First.ClickAsync();
            await page.Locator(".falls summary", new() { HasText = "N+1" }).ClickAsync();
            await page.ShouldBeFitForEverybodyAsync($"A request at {look}");
            await page.PictureAsync($"console-request-{Suffix(look)}", whole: true);

            await page.GotoAsync("/console/errors");
            await page.Locator("tbody a").First.ClickAsync();
            await page.Locator(".exception summary").First.ClickAsync();
            await page.ShouldBeFitForEverybodyAsync($"An error at {look}");
            await page.PictureAsync($"console-error-{Suffix(look)}", whole: true);

            await page.GotoAsync("/console/requests/none");
            await page.ShouldBeFitForEverybodyAsync($"A page that there is not at {look}");
        }
    }

    private static string Suffix(Look look) => $"{(look.Width < 600 ? "phone" : "wide")}-{(look.Dark ? "dark" : "light")}";

    private static Regex NaiveBadge() => new($@"^N\+1 × {OperatorsSite.Users} at NaiveDashboard\.cs:\d+(-\d+)?$", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex("\"traceId\":\"([0-9a-f]{32})\"", RegexOptions.None, 1000)]
    private static partial Regex TraceId();
}
