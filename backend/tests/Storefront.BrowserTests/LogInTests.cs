using System.Net.Http.Json;
using Microsoft.Playwright;
using Storefront.BrowserTests.Support;
using Storefront.Local.Demo;
using Storefront.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Storefront.BrowserTests;

[Collection(SiteTests.Name)]
public sealed class LogInTests(Site site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_password_is_told_and_a_right_one_leads_an_administrator_to_the_dashboard(bool scripts)
    {
        var page = await site.OpenAsync(new(Scripts: scripts));
        await page.GotoAsync("/login");
        await page.LogInAsync(DemoAccounts.Admin, "not the password");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The e-mail address or the password is wrong.");
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync(DemoAccounts.Admin);
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await Expect(page.GetByLabel("Password")).ToBeFocusedAsync();

        await page.LogInAsync(DemoAccounts.Admin, site.Password);
        Assert.Equal("/dashboard", page.PathAndQuery());
        await Expect(page.Heading("Users")).ToBeVisibleAsync();
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Who_asked_for_a_page_comes_back_to_it_and_never_to_another_site()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("/dashboard?search=ada%20smith");
        Assert.Equal("/login?returnUrl=%2Fdashboard%3Fsearch%3Dada%2520smith", page.PathAndQuery());
        await page.LogInAsync(DemoAccounts.Admin, "not the password");
        await page.LogInAsync(DemoAccounts.Admin, site.Password);
        Assert.Equal("/dashboard?search=ada%20smith", page.PathAndQuery());

        var other = await site.OpenAsync();
        await other.GotoAsync("/login?returnUrl=%2F%2Fevil.example%2F");
        await other.LogInAsync(DemoAccounts.User, site.Password);
        Assert.Equal(new Uri(site.Address, "/account"), new Uri(other.Url));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Who_logs_out_is_out_and_the_copy_of_the_cookie_too()
    {
        var page = await site.LogInAsync();
        var cookies = await page.Context.CookiesAsync();
        var session = Assert.Single(cookies, cookie => cookie.Name.StartsWith("session-", StringComparison.Ordinal));
        Assert.True(session.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, session.SameSite);
        await page.PressAsync("Log out");
        Assert.Equal("/login", page.PathAndQuery());
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name.StartsWith("session-", StringComparison.Ordinal));

        await page.Context.AddCookiesAsync([new() { Name = session.Name, Value = session.Value, Url = site.Address.ToString() }]);
        await page.GotoAsync("/dashboard");
        Assert.StartsWith("/login", page.PathAndQuery(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_ended_by_the_api_ends_the_page()
    {
        var page = await site.LogInAsync(email: DemoAccounts.User);
        await Expect(page.Heading("Demo User")).ToBeVisibleAsync();
        using var elsewhere = site.Host.Client(await site.Host.LogInAsync(DemoAccounts.User, site.Password));
        var sessions = await elsewhere.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/sessions", TestContext.Current.CancellationToken);
        Assert.Contains("Chrome", sessions.GetRawText(), StringComparison.Ordinal);
        await (await elsewhere.DeleteAsync("/api/sessions", TestContext.Current.CancellationToken)).ShouldBeAsync(204);
        await page.ReloadAsync();
        Assert.Equal("/login?returnUrl=%2Faccount", page.PathAndQuery());
        // And a form of the page that is still open elsewhere does nothing.
        await page.GoBackAsync();
        Assert.StartsWith("/login", page.PathAndQuery(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Who_is_no_administrator_reads_why_the_dashboard_is_not_shown()
    {
        var page = await site.LogInAsync(email: DemoAccounts.User);
        await Expect(page.Link("Dashboard")).ToHaveCountAsync(0);
        var answer = await page.GotoAsync("/dashboard");
        Assert.Equal(403, answer!.Status);
        await Expect(page.Heading("Not for this account")).ToBeVisibleAsync();
        await page.FollowAsync("Log in with another account");
        await page.LogInAsync(DemoAccounts.Admin, site.Password);
        Assert.Equal("/dashboard", page.PathAndQuery());
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Everything_can_be_done_by_keyboard_alone()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("/login");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Link("Skip to content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("E-mail address")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(DemoAccounts.Admin);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(site.Password);
        await page.AndThenAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.Equal("/dashboard", page.PathAndQuery());

        await page.GetByRole(AriaRole.Searchbox).FocusAsync();
        await page.Keyboard.TypeAsync("user002");
        await page.AndThenAsync(() => page.Keyboard.PressAsync("Enter"));
        await page.GetByRole(AriaRole.Searchbox).FocusAsync();
        for (var tabs = 0; tabs < 3; tabs++) await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("summary.user")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync(" ");
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Item" }).First).ToBeVisibleAsync();
    }
}
