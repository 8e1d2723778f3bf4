using Microsoft.AspNetCore.Builder;
using Roadworthy.Console.Tests.Support;

namespace Roadworthy.Console.Tests.Hosting;

public sealed class PageTests
{
    [Fact]
    public async Task A_page_names_its_instance_and_release_and_who_is_signed_in()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var page = await browser.PageAsync("/console/requests");
        var facts = page.QuerySelector(".facts").Words();
        Assert.Contains($"Instance {ConsoleApp.Instance}", facts, StringComparison.Ordinal);
        Assert.Contains("Release 1.2.3", facts, StringComparison.Ordinal);
        Assert.Contains("admin@example.com", facts, StringComparison.Ordinal);
        Assert.Equal("Requests", page.QuerySelector("header nav [aria-current=page]").Words());
    }

    [Fact]
    public async Task A_page_may_run_nothing_inline_and_is_kept_nowhere_and_in_no_frame()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        foreach (var path in (string[])["/console", "/console/requests", "/console/errors", "/console/sessions", "/console/requests/none"])
        {
            var answer = await browser.GetAsync(path);
            Assert.Equal("text/html; charset=utf-8", answer.Headers["Content-Type"]);
            Assert.Equal("no-store", answer.Headers["Cache-Control"]);
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
            Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Empty(answer.Page.QuerySelectorAll("style, [style], script:not([src]), [onclick], [onload]"));
        }
    }

    [Fact]
    public async Task The_files_that_a_page_names_are_there_and_may_be_kept_for_ever()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var page = await browser.PageAsync("/console/sessions/events");
        string[] files = [page.QuerySelector("script")!.GetAttribute("src")!, page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!, page.QuerySelector("link[rel=icon]")!.GetAttribute("href")!];
        foreach (var file in files)
        {
            Assert.Matches(@"^/console/assets/\w+\.[0-9a-f]{12}\.(css|js|svg)$", file);
            var answer = await browser.GetAsync(file);
            Assert.Equal(200, answer.Status);
            Assert.Equal("max-age=31536000, private, immutable", answer.Headers["Cache-Control"]);
            Assert.NotEmpty(answer.Body.Trim());
        }

        Assert.Equal(404, (await browser.GetAsync("/console/assets/..%2fappsettings.json")).Status);
    }

    [Fact]
    public async Task The_content_alone_is_a_304_while_nothing_is_new()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        foreach (var path in (string[])["/console", "/console/requests", "/console/errors", "/console/sessions", "/console/sessions/events"])
        {
            var first = await browser.GetAsync(path, ("X-Console-Part", "main"));
            Assert.StartsWith("<main", first.Body.Trim(), StringComparison.Ordinal);
            Assert.DoesNotContain("RequestVerificationToken", first.Body, StringComparison.Ordinal);
            var second = await browser.GetAsync(path, ("X-Console-Part", "main"), ("If-None-Match", first.Headers["ETag"]));
            Assert.Equal(304, second.Status);
            Assert.Empty(second.Body);
            Assert.Equal(200, (await browser.GetAsync(path, ("X-Console-Part", "main"), ("If-None-Match", "\"other\""))).Status);
        }
    }

    [Fact]
    public async Task Links_hold_below_any_prefix_and_path_base()
    {
        await using var app = await ConsoleApp.StartAsync(map: app => app.MapGroup("/tenants/{tenant}").MapRoadworthyConsole("ops/"));
        using var browser = await app.BrowserAsync();
        foreach (var path in (string[])["/tenants/a%20b/ops", "/tenants/a%20b/ops/", "/tenants/a%20b/ops/requests", "/tenants/a%20b/ops/sessions/events"])
        {
            var page = await browser.PageAsync(path);
            Assert.All(page.QuerySelectorAll("header nav a"), link => Assert.StartsWith("/tenants/a%20b/ops", link.GetAttribute("href"), StringComparison.Ordinal));
            Assert.Equal(200, (await browser.GetAsync(page.QuerySelector("script")!.GetAttribute("src")!)).Status);
        }
    }

    [Theory]
    [InlineData("/console/requests/none")]
    [InlineData("/console/requests/%0d%0a%E2%80%AE")]
    [InlineData("/console/errors/01900000-0000-7000-8000-000000000000")]
    [InlineData("/console/trace?id=4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("/console/trace?id=%3Cscript%3E")]
    [InlineData("/console/trace")]
    public async Task What_there_is_not_is_a_404_page_that_says_so(string path)
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var answer = await browser.GetAsync(path);
        Assert.Equal(404, answer.Status);
        Assert.NotEmpty(answer.Page.QuerySelector("main h1").Words());
    }

    [Fact]
    public async Task A_query_string_of_any_kind_is_no_failure()
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        foreach (var query in (string[])["?status=9&n1=x&by=%00", "?route=%3Cimg%20src=x%20onerror=alert(1)%3E", "?after=%F0%9F&user=%00", "?text=" + new string('x', 5_000), "?status=a&status=b"])
        {
            foreach (var path in (string[])["/console", "/console/requests", "/console/errors", "/console/sessions"])
            {
                var page = await browser.PageAsync(path + query);
                Assert.Empty(page.QuerySelectorAll("img[onerror]"));
            }
        }
    }
}
