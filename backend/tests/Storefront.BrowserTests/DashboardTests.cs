using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Storefront.BrowserTests.Support;
using Storefront.Local.Demo;
using static Microsoft.Playwright.Assertions;

namespace Storefront.BrowserTests;

[Collection(SiteTests.Name)]
[Trait("Category", "Long")]
public sealed class DashboardTests(Site site)
{
    [Fact]
    public async Task Users_are_paged_through_each_once_and_open_to_orders_and_items_without_scripts()
    {
        var page = await site.LogInAsync(Look.WithoutScripts);
        var seen = new List<string>();
        for (var n = 0; n < 3; n++)
        {
            seen.AddRange(await page.Locator("summary .mail").AllInnerTextsAsync());
            await page.FollowAsync("Next page");
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct(StringComparer.Ordinal).Count());
        await page.FollowAsync("First page");
        Assert.Equal("/dashboard", page.PathAndQuery());

        await page.Locator("summary.user").First.ClickAsync();
        await Expect(page.Locator("details[open] summary .money").Nth(1)).ToHaveTextAsync(new Regex(@"^\d{1,3}(,\d{3})*\.\d\d$"));
        await Expect(page.Locator("details[open] .order")).ToHaveCountAsync(DemoRows.OrdersPerUser);
        await page.Locator("details[open] .order summary").First.ClickAsync();
        await Expect(page.Locator(".order[open] tbody tr")).ToHaveCountAsync(DemoRows.ItemsPerOrder);
    }

    [Theory]
    [InlineData("user077@example.com", 1)]
    [InlineData("USER077", 1)]
    [InlineData("demo admin", 1)]
    [InlineData("admin demo", 1)]
    [InlineData("adm", 1)]
    [InlineData("O'Brien chlo", 8)]
    [InlineData("nobody at all", 0)]
    [InlineData("'):* | 'zzz", 0)]
    [InlineData("%", 0)]
    [InlineData("<script>alert(1)</script>", 0)]
    public async Task Users_are_found_by_the_beginnings_of_words_in_name_and_address(string search, int count)
    {
        var page = await site.LogInAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync(search);
        await page.PressAsync("Search");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(search);
        await Expect(page.Locator("summary.user")).ToHaveCountAsync(count);
        await page.FollowAsync("All users");
        await Expect(page.Locator("summary.user")).ToHaveCountAsync(20);
    }

    [Fact]
    public async Task The_next_page_of_a_search_is_of_the_same_search()
    {
        var page = await site.LogInAsync();
        await page.GotoAsync("/dashboard?search=hopper");
        var seen = new List<string>();
        while (true)
        {
            seen.AddRange(await page.Locator("summary .name").AllInnerTextsAsync());
            if (await page.Link("Next page").CountAsync() == 0) break;
            await page.FollowAsync("Next page");
        }

        Assert.InRange(seen.Count, 60, 80);
        Assert.All(seen, name => Assert.EndsWith("Hopper", name, StringComparison.Ordinal));
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("hopper");
    }

    [Fact]
    public async Task What_people_typed_is_text_on_the_page()
    {
        const string name = "<b>Bold</b> & \"quoted\" <img src=x onerror=alert(1)>";
        var visitor = await site.OpenAsync();
        await visitor.GotoAsync("/signup");
        var email = Tests.Support.People.NewEmail();
        await visitor.SignUpAsync(name, email, "42", Tests.Support.People.Password);
        await Expect(visitor.Heading(name)).ToBeVisibleAsync();

        var page = await site.LogInAsync();
        await page.GotoAsync($"/dashboard?search={Uri.EscapeDataString(email)}");
        await Expect(page.Locator("summary .name")).ToHaveTextAsync(name);
        Assert.Equal(0, await page.Locator("img, script").CountAsync());
    }
}
