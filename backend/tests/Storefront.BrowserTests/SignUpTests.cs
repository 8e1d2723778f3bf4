using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Storefront.BrowserTests.Support;
using Storefront.Tests.Support;
using static Microsoft.Playwright.Assertions;

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
        await Expect(page.Heading("Ann O'Neill")).ToBeVisibleAsync();
        Assert.Contains(email, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(42, await Sql.ScalarAsync<int>(site.Host.ConnectionString, "SELECT age FROM users WHERE normalized_email = upper($1)", email));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task What_is_wrong_stands_beside_its_field_all_at_once_and_nobody_is_signed_up(bool scripts)
    {
        var page = await site.OpenAsync(new(Scripts: scripts));
        await page.GotoAsync("/signup");
        await page.SignUpAsync("", "nobody", "forty-two", "short");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Not sent: please mend what is marked.");
        (string Label, string Error)[] expected =
        [
            ("Name", "Please fill this in."), ("E-mail address", "This is no e-mail address."), ("Age", "Please give a whole number, such as 42."),
            ("Password", "Must have 8 to 256 characters."),
        ];
        foreach (var (label, error) in expected)
        {
            var field = page.GetByLabel(label);
            await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(Regex.Escape(error)));
        }

        await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Age")).ToHaveValueAsync("forty-two");
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");

        // What is mended is taken from here.
        var email = People.NewEmail();
        await page.SignUpAsync("Ann", email, "150", People.Password);
        Assert.Equal("/account", page.PathAndQuery());
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("/signup");
        await page.SignUpAsync("Ann", "ADMIN@example.com", "42", People.Password);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("has an account already");
        await Expect(page.GetByLabel("E-mail address")).ToBeFocusedAsync();
    }
}
