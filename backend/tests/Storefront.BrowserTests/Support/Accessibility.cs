using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Storefront.BrowserTests.Support;

/// <summary>What everybody's pages have to hold to.</summary>
internal static class Accessibility
{
    /// <summary>axe finds nothing, and nothing is wider than the window.</summary>
    public static async Task ShouldBeFitForEverybodyAsync(this IPage page, string what)
    {
        var found = await page.RunAxe();
        Assert.True(
            found.Violations.Length == 0,
            $"{what}:\n{string.Join('\n', found.Violations.Select(rule => $"{rule.Id}: {rule.Help}\n  {string.Join("\n  ", rule.Nodes.Select(node => $"{node.Html} {string.Join(' ', node.Any.Concat(node.All).Select(check => check.Message))}"))}"))}");
        // In vain where axe looked at nothing.
        Assert.NotEmpty(found.Passes);
        var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(beyond <= 0, $"{what} is {beyond} pixels wider than its window.");
    }
}
