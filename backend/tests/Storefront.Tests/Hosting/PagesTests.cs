using System.Text.RegularExpressions;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed partial class PagesTests(StorefrontFixture fixture, PostgresFixture postgres) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task The_home_page_is_a_page_without_scripts_that_leads_on()
    {
        var (answer, html) = await PageAsync(_host, "/");
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i)\\son\\w+=|javascript:", html);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.Empty(Foreign(html));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        foreach (var link in Links().Matches(html).Select(match => match.Groups["to"].Value))
            await _host.Anonymous.ReadAsync(link).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Scalar_comes_whole_from_this_host()
    {
        var (answer, html) = await PageAsync(_host, "/scalar");
        Assert.Empty(Foreign(html));
        var page = answer.RequestMessage!.RequestUri!;
        var scripts = Sources().Matches(html).Select(match => match.Groups["to"].Value).Where(source => source.EndsWith(".js", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            var loaded = await _host.Anonymous.ReadAsync(new Uri(page, script).PathAndQuery);
            await loaded.ShouldBeAsync(200);
            Assert.Equal("text/javascript", loaded.Content.Headers.ContentType?.MediaType);
        }

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotMatch("https?:|\\*", policy);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_document_is_not_served_neither_is_Scalar_and_the_home_page_hides_both()
    {
        await using var host = await StorefrontHost.StartAsync(postgres, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:ApiDocument"] = "false" });
        await host.Anonymous.ReadAsync("/openapi/v1.json").ShouldBeProblemAsync(404);
        await host.Anonymous.ReadAsync("/scalar").ShouldBeProblemAsync(404);
        var (_, html) = await PageAsync(host, "/");
        Assert.DoesNotContain("/scalar", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_look_for_foreign_sources_finds_them()
    {
        Assert.Equal(2, Foreign("<script src=\"https://cdn.example/x.js\"></script><link href='//fonts.example/f.css'><a href=\"https://example.org\">text</a>").Count);
        Assert.Single(Foreign("<style>@font-face { src: url(https://fonts.example/f.woff2) }</style>"));
    }

    private static async Task<(HttpResponseMessage Answer, string Html)> PageAsync(StorefrontHost host, string path)
    {
        var answer = await host.Anonymous.ReadAsync(path);
        await answer.ShouldBeAsync(200);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    // What a browser would load by itself from elsewhere.
    private static List<string> Foreign(string html) =>
        [.. Sources().Matches(html).Select(match => match.Groups["to"].Value).Where(to => Regex.IsMatch(to, "^(https?:)?//", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))];

    [GeneratedRegex("<(?:script|link|img|iframe|source)\\b[^>]*?\\b(?:src|href)\\s*=\\s*[\"']?(?<to>[^\"'\\s>]+)|(?:url\\(|@import\\s)\\s*[\"']?(?<to>[^\"')\\s]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sources();

    [GeneratedRegex("<a\\s[^>]*?href=\"(?<to>[^\"]+)\"", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
