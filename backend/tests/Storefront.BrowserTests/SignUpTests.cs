using Storefront.BrowserTests.Support;
using Storefront.Tests.Support;

namespace Storefront.BrowserTests;

[Collection(SiteTests.Name)]
public sealed class SignUpTests(Site site)
{
    public static TheoryData<bool> Scripts => [true, false];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Whoever_signs_up_with_an_age_as_text_is_signed_in_and_sees_the_account(bool scripts)
    {
        var page = await site.OpenAsync(new(Scripts: scripts));
        await page.GotoAsync("/");
        await page.FollowAsync("Sign up");
        var email = People.NewEmail();
        await page.SignUpAsync("Ann O'Neill", email, " 42.0 ", People.Password);
        Assert.Equal("/account", page.PathAndQuery());
        await Microsoft.Playwright.Assertions.Expect(page.Heading("Ann O'Neill")).ToBeVisibleAsync();
        Assert.Contains(email, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(42, await Sql.ScalarAsync<int>(site.Host.ConnectionString, "SELECT age FROM users WHERE normalized_email = upper($1)", email));
    }
}
