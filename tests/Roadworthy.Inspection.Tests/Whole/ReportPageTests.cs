using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Reports.Html;
using Roadworthy.Inspection.Tests.Support;
using Storefront.BrowserTests.Support;

namespace Roadworthy.Inspection.Tests.Whole;

/// <summary>The report of a whole inspection as a browser shows it. The picture of the README is of it, where <c>ROADWORTHY_SCREENSHOTS</c> says where to.</summary>
[Collection(NodeDraft.Name)]
public sealed class ReportPageTests(NodeDraft draft, BrowserFixture browser) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("roadworthy-page-").FullName;

    [Fact]
    public async Task The_report_of_a_draft_is_fit_for_everybody_and_asks_nothing_of_the_network()
    {
        await NodePackages.RequireAsync();
        var file = Path.Combine(_folder, "report.html");
        await File.WriteAllTextAsync(file, HtmlReport.Write(await draft.Generated.ReportAsync()), TestContext.Current.CancellationToken);
        foreach (var look in (Look[])[new(1100, 1160), Look.Phone with { Dark = true }])
        {
            var page = await browser.OpenAsync(new Uri(file), look);
            var (asked, said) = (new List<string>(), new List<string>());
            page.Request += (_, request) => asked.Add(request.Url);
            page.Console += (_, message) => said.Add(message.Text);
            await page.GotoAsync(new Uri(file).ToString());
            Assert.Single(asked);
            Assert.Empty(said);
            if (look.Width > 1000) await page.PictureAsync("inspect-report");
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(each => each.open = true)");
            await page.ShouldBeFitForEverybodyAsync($"The report at {look}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
