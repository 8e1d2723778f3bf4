using Microsoft.Playwright;

namespace Storefront.BrowserTests.Support;

/// <summary>The pictures of the README. Written only where the environment variable says where to: <c>ROADWORTHY_SCREENSHOTS=docs/images</c>.</summary>
internal static class Screenshots
{
    private const string Variable = "ROADWORTHY_SCREENSHOTS";

    /// <summary>Takes a picture of the window, or of the whole page, the same each time that the page is the same.</summary>
    public static async Task PictureAsync(this IPage page, string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder) return;
        var path = Path.Combine(Path.IsPathRooted(folder) ? folder : Path.Combine(Root(), folder), $"{name}.png");
        await page.ScreenshotAsync(new() { Path = path, FullPage = whole, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"'{AppContext.BaseDirectory}' is in no checkout: set {Variable} to a whole path.");
    }
}
