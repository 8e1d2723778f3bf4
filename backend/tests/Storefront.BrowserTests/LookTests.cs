using Storefront.BrowserTests.Support;
using Storefront.Local.Demo;

namespace Storefront.BrowserTests;

/// <summary>How pages look: large and on a phone, light and dark, for everybody.</summary>
[Collection(SiteTests.Name)]
[Trait("Category", "Long")]
public sealed class LookTests(Site site)
{
    [Fact]
    public Task Every_page_is_fit_for_everybody_light_and_large_and_dark_on_a_phone() => PublicAsync(Look.Usual, Look.Phone with { Dark = true });

    [Fact]
    public Task Every_page_is_fit_for_everybody_the_other_way_around() => PublicAsync(Look.Usual with { Dark = true }, Look.Phone);

    [Fact]
    public Task Every_page_behind_the_log_in_is_fit_for_everybody_light_and_large_and_dark_on_a_phone() => PrivateAsync(Look.Usual, Look.Phone with { Dark = true });

    [Fact]
    public Task Every_page_behind_the_log_in_is_fit_for_everybody_the_other_way_around() => PrivateAsync(Look.Usual with { Dark = true }, Look.Phone);

    private async Task PublicAsync(params Look[] looks)
    {
        foreach (var look in looks)
        {
            var page = await site.OpenAsync(look);
            foreach (var path in (string[])["/", "/login", "/signup"])
            {
                await page.GotoAsync(path);
                await page.ShouldBeFitForEverybodyAsync($"{path} at {look}");
                await page.PictureAsync($"page{path.Replace('/', '-')}-{Suffix(look)}");
            }

            await page.SignUpAsync("", "nobody", "NaN", "short");
            await page.ShouldBeFitForEverybodyAsync($"A refused sign-up at {look}");
            await page.PictureAsync($"signup-errors-{Suffix(look)}", whole: true);

            await page.GotoAsync("/nowhere");
            await page.ShouldBeFitForEverybodyAsync($"A page that there is not at {look}");
        }
    }

    private async Task PrivateAsync(params Look[] looks)
    {
        foreach (var look in looks)
        {
            var page = await site.LogInAsync(look);
            await page.ShouldBeFitForEverybodyAsync($"The dashboard at {look}");
            await page.Locator("summary.user").Nth(1).ClickAsync();
            await page.Locator("details[open] summary").Nth(1).ClickAsync();
            await page.ShouldBeFitForEverybodyAsync($"The dashboard with an open user at {look}");
            await page.PictureAsync($"dashboard-{Suffix(look)}");

            await page.GotoAsync("/dashboard?search=nobody+at+all");
            await page.ShouldBeFitForEverybodyAsync($"A search that finds nobody at {look}");

            var other = await site.LogInAsync(look, DemoAccounts.User);
            await other.Locator("summary").First.ClickAsync();
            await other.ShouldBeFitForEverybodyAsync($"An account at {look}");
            await other.PictureAsync($"account-{Suffix(look)}");
            await other.GotoAsync("/dashboard");
            await other.ShouldBeFitForEverybodyAsync($"A refused dashboard at {look}");
        }
    }

    private static string Suffix(Look look) => $"{(look.Width < 600 ? "phone" : "wide")}-{(look.Dark ? "dark" : "light")}";
}
