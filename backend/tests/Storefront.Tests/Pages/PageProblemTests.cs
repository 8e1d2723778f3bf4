using Storefront.Tests.Support;

namespace Storefront.Tests.Pages;

public sealed class PageProblemTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_fails_on_a_page_is_a_page_and_at_the_api_a_problem()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        using var visit = new Visit(host);
        await visit.SignUpAsync(People.NewEmail());
        await ShouldBePageAsync(await visit.OpenAsync("/account?after=wrong"), 400, "The request can");
        await Sql.ExecuteAsync(host.ConnectionString, "ALTER TABLE orders RENAME TO orders_gone");
        await ShouldBePageAsync(await visit.OpenAsync("/account"), 500, "That failed");
        await Sql.ExecuteAsync(host.ConnectionString, "ALTER TABLE orders_gone RENAME TO orders");
        await (await visit.OpenAsync("/account")).ShouldBeAsync(200);

        await visit.OpenAsync("/nowhere").ShouldBeProblemAsync(404);
        using var browser = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        browser.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        await ShouldBePageAsync(await host.Anonymous.AskAsync(browser), 404, "There is no such page");
    }

    [Theory]
    [InlineData("/", "HTTP/1.1", "Host: \r\n")]
    [InlineData("/dashboard", "HTTP/1.1", "Host: \r\n")]
    [InlineData("/console", "HTTP/1.1", "Host: a..b\r\n")]
    [InlineData("/login", "HTTP/1.0", "")]
    public async Task A_page_that_is_asked_for_of_no_host_is_refused_and_fails_nobody(string path, string version, string host)
    {
        await using var site = await StorefrontHost.StartAsync(postgres);
        var answer = await RawHttp.SendAsync(site.Address, $"GET {path} {version}\r\n{host}Accept: text/html\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("urn:roadworthy:problem:no-host", answer, StringComparison.Ordinal);
        Assert.Contains(" 404 ", await RawHttp.SendAsync(site.Address, $"GET /nowhere {version}\r\n{host}Accept: text/html\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await RawHttp.SendAsync(site.Address, $"GET /health/live {version}\r\n{host}Connection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Empty(site.Records.Errors());
    }

    [Fact]
    public async Task Without_a_database_the_start_page_is_there_and_the_others_say_to_come_again()
    {
        await using var host = await StorefrontHost.StartAsync(
            "Host=127.0.0.1;Port=1;Database=none;Username=none", settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:MigrateAtStart"] = "false" });
        using var visit = new Visit(host);
        await (await visit.OpenAsync("/")).ShouldBeAsync(200);
        // Nobody is asked for who has no cookie.
        await (await visit.OpenAsync("/dashboard")).ShouldBeAsync(303);
        await ShouldBePageAsync(await visit.OpenAsync("/login"), 503, "Not at this moment");
    }

    [Fact]
    public async Task The_style_sheet_may_be_kept_for_ever_by_its_whole_address_alone()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var page = await host.Anonymous.GetStringAsync("/", TestContext.Current.CancellationToken);
        var style = System.Text.RegularExpressions.Regex.Match(page, "href=\"(/storefront.css[^\"]*)\"").Groups[1].Value;
        var answer = await host.Anonymous.ReadAsync(style);
        Assert.Equal("text/css; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("immutable", (await host.Anonymous.ReadAsync("/storefront.css")).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    private static async Task ShouldBePageAsync(HttpResponseMessage answer, int status, string heading)
    {
        await answer.ShouldBeAsync(status);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains($"<h1>{heading}", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("Npgsql|Exception|SELECT |   at |relation", html);
        if (status >= 500) Assert.Matches("<code>[0-9a-f]{32}</code>", html);
        Assert.Contains("default-src 'none'; style-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}
