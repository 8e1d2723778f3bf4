using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Reports.Html;

namespace Roadworthy.Inspection.Tests.Reports;

public sealed class HtmlReportTests
{
    [Fact]
    public void What_the_backend_said_is_text_and_never_an_element()
    {
        var html = HtmlReport.Write(Sample.Report(Sample.Hostile));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(html, "</script>"));
        Assert.DoesNotContain(html, character => character is '\u001b' or '\u0007' or '\u202e');
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_allows_its_own_style_and_script_alone_and_no_network()
    {
        var html = HtmlReport.Write(Sample.Report());
        var policy = Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains(HashOf(html, "style"), policy, StringComparison.Ordinal);
        Assert.Contains(HashOf(html, "script"), policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!https://github\\.com/)[^\"#]*//", html);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_report_is_a_page_that_says_so()
    {
        var html = HtmlReport.Write(Sample.Report() with { Results = [] });
        Assert.Contains("Nothing was found", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_evidence_is_drawn()
    {
        var html = HtmlReport.Write(Sample.Report());
        foreach (var part in new[] { "<polyline", "<table class=\"sql\"", "<table class=\"waterfall\"", "<table class=\"lanes\"", "<div class=\"comparison\"", "<ul class=\"places\"", "<div class=\"exchange\"", "<pre class=\"log\"", "<p class=\"nothing\"" })
            Assert.Contains(part, html, StringComparison.Ordinal);
    }

    private static string HashOf(string html, string element)
    {
        var text = Regex.Match(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }
}
