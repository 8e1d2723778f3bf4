using AngleSharp.Dom;
using Roadworthy.Console.Requests;
using Roadworthy.Console.Tests.Support;
using Roadworthy.Queries;

namespace Roadworthy.Console.Tests.Requests;

public sealed class RequestPageTests
{
    [Fact]
    public async Task A_repeated_statement_is_one_lane_with_a_bar_each_and_its_line_by_name()
    {
        var page = (await ShowAsync(Samples.Naive())).Page;
        var lanes = page.QuerySelectorAll(".falls > li");
        Assert.Equal(3, lanes.Length);
        Assert.Equal(37, lanes[1].QuerySelectorAll("rect").Length);
        Assert.StartsWith("N+1 × 37SELECT o.id, o.status FROM orders", lanes[1].QuerySelector("summary").Words(), StringComparison.Ordinal);
        Assert.Contains("Sent from OrdersList.cs:41, in OrdersList.GetAsync", lanes[1].Words(), StringComparison.Ordinal);
        Assert.Contains("N+1 × 37 at OrdersList.cs:41", page.QuerySelector(".tags").Words(), StringComparison.Ordinal);
        Assert.Contains("38 of 3", page.QuerySelector(".tiles").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_bar_stands_where_its_time_is_and_within_the_picture()
    {
        var trace = Samples.Naive() with
        {
            Spans = [Samples.Span("SELECT 1", "a", 60, 30), Samples.Span("SELECT 2", "b", 0, 0), Samples.Span("SELECT 3", "c", 100, 140)],
        };
        var bars = (await ShowAsync(trace)).Page.QuerySelectorAll("rect");
        Assert.Equal(["25%", "0%", "41.67%"], bars.Select(bar => bar.GetAttribute("x")));
        Assert.Equal(["12.5%", "0.4%", "58.33%"], bars.Select(bar => bar.GetAttribute("width")));
    }

    [Fact]
    public async Task A_request_that_took_no_time_and_did_nothing_is_shown()
    {
        var page = (await ShowAsync(Samples.Naive() with { Duration = TimeSpan.Zero, Spans = [], Repeats = [], Findings = [], Route = "", Budget = null, RowsRead = null, TraceId = null })).Page;
        Assert.Contains("(no route)", page.QuerySelector("h1").Words(), StringComparison.Ordinal);
        Assert.Contains("asked nothing of a database", page.Content(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_texts_do_no_harm_and_stay_within_bounds()
    {
        var evil = "</pre><script>alert(1)</script><img src=x onerror=alert(2)>\u202Egnp\u001b[31m\0" + new string('A', 100_000);
        var naive = Samples.Naive(500, evil, evil);
        var answer = await ShowAsync(naive with
        {
            Route = evil,
            Method = evil,
            TraceId = evil,
            Findings = [.. Enumerable.Repeat(new QueryFinding(QueryFindingKind.SlowStatement, evil), 100)],
            Repeats = [.. Enumerable.Repeat(naive.Repeats[0], 200)],
            Spans = [.. naive.Spans, .. Enumerable.Range(0, 499).Select(n => Samples.Span(evil, $"f{n}", n, 1) with { Name = evil, Source = evil, SqlState = evil, Failed = true })],
        });
        Assert.Empty(answer.Page.QuerySelectorAll("script:not([src]), img[onerror]"));
        Assert.DoesNotContain('\u202E', answer.Body);
        Assert.DoesNotContain('\u001b', answer.Body);
        Assert.InRange(answer.Body.Length, 1, 4_000_000);
        Assert.Contains("…[+", answer.Page.Content(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_marks_the_N_plus_one_with_its_line_and_what_is_over_its_budget()
    {
        var answer = await Preview.ShowAsync<RequestsPage>((nameof(RequestsPage.Requests), (IReadOnlyList<RequestTrace>)[Samples.Naive(), Samples.Naive(3) with { Id = "r2", Status = 503, Repeats = [] }]));
        var rows = answer.Page.QuerySelectorAll("tbody tr");
        Assert.Equal("N+1 × 37 at OrdersList.cs:41", rows[0].QuerySelector(".loud").Words());
        Assert.Equal("/console/requests/r1", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("503", rows[1].QuerySelector(".s5").Words());
        Assert.NotNull(rows[1].QuerySelector(".over"));
        Assert.Null(rows[1].QuerySelector(".loud"));
    }

    private static Task<Answer> ShowAsync(RequestTrace trace) => Preview.ShowAsync<RequestPage>((nameof(RequestPage.Trace), trace));
}
