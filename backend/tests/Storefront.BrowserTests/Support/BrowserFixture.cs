using Microsoft.Playwright;
using Storefront.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Storefront.BrowserTests.Support;

/// <summary>The system's Chromium, started once for all tests. Where there is none, they are skipped, and say so.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // Letters that look the same on every machine that has the same fonts.
        "--font-render-hinting=none", "--force-color-profile=srgb",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Quiet, Headless = true });
    }

    /// <summary>A window of its own, with cookies of its own. Skips the test where there is no browser.</summary>
    public async Task<IPage> OpenAsync(Uri address, Look? look = null)
    {
        Assert.SkipWhen(_browser is null, $"No browser: none of {string.Join(", ", Names)} is on the PATH. On Debian: apt-get install chromium.");
        var (width, height, dark, scripts) = look ?? Look.Usual;
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}

/// <summary>How somebody looks at a page.</summary>
public sealed record Look(int Width = 1280, int Height = 800, bool Dark = false, bool Scripts = true)
{
    public static Look Usual { get; } = new();

    public static Look WithoutScripts { get; } = new(Scripts: false);

    public static Look Phone { get; } = new(360, 740);

    /// <summary>Large and small, light and dark.</summary>
    public static IReadOnlyList<Look> All { get; } = [Usual, new(Dark: true), Phone, Phone with { Dark = true }];

    public override string ToString() => $"{Width} x {Height}, {(Dark ? "dark" : "light")}{(Scripts ? "" : ", without scripts")}";
}
