using Microsoft.Playwright;

namespace Storefront.BrowserTests.Support;

/// <summary>What people do on the pages.</summary>
internal static class Steps
{
    public static async Task LogInAsync(this IPage page, string email, string password)
    {
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.PressAsync("Log in");
    }

    public static async Task SignUpAsync(this IPage page, string name, string email, string age, string password)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Age").FillAsync(age);
        await page.GetByLabel("Password").FillAsync(password);
        await page.PressAsync("Create account");
    }

    /// <summary>Presses a button and waits for the page that comes of it.</summary>
    public static Task PressAsync(this IPage page, string button) => page.AndThenAsync(() => page.Button(button).ClickAsync());

    /// <summary>Follows a link and waits for its page.</summary>
    public static Task FollowAsync(this IPage page, string link) => page.AndThenAsync(() => page.Link(link).First.ClickAsync());

    /// <summary>Does something that leads to another page, and waits for that.</summary>
    public static async Task AndThenAsync(this IPage page, Func<Task> act)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrived(object? sender, IPage arrived) => there.TrySetResult();
        page.DOMContentLoaded += Arrived;
        try
        {
            await act();
            await there.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            page.DOMContentLoaded -= Arrived;
        }
    }

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public static string PathAndQuery(this IPage page) => new Uri(page.Url).PathAndQuery;
}
