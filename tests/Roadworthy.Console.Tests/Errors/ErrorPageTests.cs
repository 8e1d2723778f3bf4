using AngleSharp.Dom;
using Roadworthy.Console.Errors;
using Roadworthy.Console.Tests.Support;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Console.Tests.Errors;

public sealed class ErrorPageTests
{
    private const string Hostile = "</p><script>alert(1)</script><svg onload=alert(2)>\u202Egnp\u001b[31m\0\u2028";

    [Fact]
    public async Task A_stack_shows_one_s_own_frames_first_and_the_rest_folded()
    {
        var page = (await ShowAsync(Samples.Detail(Samples.Record()))).Page;
        var own = page.QuerySelectorAll(".exception > .frames li");
        Assert.Equal(["PlaceOrder.cs:41", "OrdersApi.cs:12"], own.Select(frame => frame.QuerySelector(".place").Words()));
        var folded = page.QuerySelector(".exception > details")!;
        Assert.False(folded.HasAttribute("open"));
        Assert.Equal(6, folded.QuerySelectorAll("li").Length);
        Assert.Equal(2, folded.QuerySelectorAll("li.own").Length);
        Assert.DoesNotContain("/src/shop", page.Content(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Causes_and_what_PostgreSQL_said_stand_below()
    {
        var page = (await ShowAsync(Samples.Detail(Samples.Record()))).Page;
        var cause = page.QuerySelector(".exception .exception")!;
        Assert.Equal("Npgsql.PostgresException", cause.QuerySelector("h3").Words());
        Assert.Contains("sqlState 23505 constraint orders_pkey", string.Join(' ', cause.QuerySelectorAll("dt, dd").Select(member => member.Words())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorGroupStatus.Open, "Resolve, Resolve in the next release, Ignore")]
    [InlineData(ErrorGroupStatus.Resolved, "Ignore, Reopen")]
    [InlineData(ErrorGroupStatus.Ignored, "Resolve, Resolve in the next release, Reopen")]
    public async Task A_group_offers_what_its_status_allows(ErrorGroupStatus status, string offered)
    {
        var page = (await ShowAsync(Samples.Detail(Samples.Record(), Samples.Group(status: status)))).Page;
        Assert.Equal(offered, string.Join(", ", page.QuerySelectorAll(".acts button").Select(button => button.Words())));
        Assert.All(page.QuerySelectorAll(".acts button"), button => Assert.Equal("act", button.GetAttribute("form")));
    }

    [Theory]
    [InlineData(ErrorGroupStatus.Resolved, null, "Resolved by ann")]
    [InlineData(ErrorGroupStatus.Ignored, null, "Ignored by ann")]
    [InlineData(ErrorGroupStatus.Open, null, "Reopened by ann")]
    [InlineData(ErrorGroupStatus.Open, 1, "Resolved by ann")]
    public async Task Who_decided_last_is_shown_with_what(ErrorGroupStatus status, int? cameBackAfter, string expected)
    {
        var decided = DateTimeOffset.UtcNow.AddHours(-1);
        var group = Samples.Group(status: status) with { DecidedAt = decided, DecidedBy = "ann", RegressedAt = cameBackAfter is { } minutes ? decided.AddMinutes(minutes) : null };
        var page = (await ShowAsync(Samples.Detail(Samples.Record(), group))).Page;
        var tile = Assert.Single(page.QuerySelectorAll(".tiles div"), tile => tile.QuerySelector("small bdi")?.Words() == "ann");
        Assert.Equal(expected, $"{tile.QuerySelector("dt").Words()} {tile.QuerySelector("small").Words()}");
    }

    [Fact]
    public async Task Hostile_texts_do_no_harm_and_stay_within_bounds()
    {
        var text = Hostile + new string('A', 100_000);
        var group = Samples.Group(text, type: text) with { Culprit = text, Route = text, FirstRelease = text, LastRelease = text, DecidedBy = text, DecidedAt = DateTimeOffset.UtcNow };
        var record = new
        {
            message = text,
            state = Enumerable.Range(0, 500).ToDictionary(n => $"{Hostile}{n}", _ => text),
            exception = new { type = text, message = text, frames = (string[])[text, "a in :line ", " in ", ":line 3", "a in b:line", ""], data = text, children = Enumerable.Repeat(new { type = text, message = text }, 300) },
        };
        var answer = await ShowAsync(Samples.Detail(record, group));
        Assert.Empty(answer.Page.QuerySelectorAll("script:not([src]), svg[onload]"));
        Assert.Empty(answer.Body.Intersect("\u202E\u001b\0\u2028"));
        Assert.InRange(answer.Body.Length, 1, 1_000_000);
    }

    [Theory]
    [InlineData("""{"message":"half \ud83d","exception":{"type":"A","message":"\udc4d","frames":["\ud800"],"data":{"\ud800":"\ud800"}}}""")]
    [InlineData("""{"exception":{"type":1,"message":[],"frames":{},"inner":"text","children":7,"pg":null,"data":[1,"x",{}]}}""")]
    [InlineData("""{"exception":"text","state":"text","message":{"a":1}}""")]
    [InlineData("[]")]
    [InlineData("{\"exception\":")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_record_of_any_shape_is_shown_as_far_as_it_goes(string? record) =>
        Assert.Contains("Occurrences", (await ShowAsync(Samples.Detail(record))).Page.Content(), StringComparison.Ordinal);

    [Fact]
    public async Task A_group_none_of_whose_occurrences_are_kept_is_shown()
    {
        var page = (await Preview.ShowAsync<ErrorPage>((nameof(ErrorPage.Detail), new ErrorGroupDetail(Samples.Group(), First: null, [])))).Page;
        Assert.Contains("1,284 times", page.Content(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_draws_the_last_24_hours_and_says_what_came_back()
    {
        var group = Samples.Group() with { RegressedAt = DateTimeOffset.UtcNow };
        var answer = await Preview.ShowAsync<ErrorsPage>((nameof(ErrorsPage.Status), Fine), (nameof(ErrorsPage.Errors), new ErrorGroupPage([group], "next one")));
        var row = Assert.Single(answer.Page.QuerySelectorAll("tbody tr"));
        Assert.Equal("149 in the last 24 hours, 40 in the worst", row.QuerySelector("svg")!.GetAttribute("aria-label"));
        Assert.Equal(group.Hours.Count(hour => hour > 0), row.QuerySelectorAll("rect").Length);
        Assert.Equal("regressed", row.QuerySelector(".badge.bad").Words());
        Assert.Equal("/console/errors?status=open&after=next%20one", answer.Page.QuerySelector("[rel=next]")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData(true, false, 12_288, 0, "12 KB of errors wait")]
    [InlineData(true, false, 0, 7, "7 found the spool full")]
    [InlineData(false, null, 0, 0, "SpoolFolder")]
    public async Task Tracking_that_is_in_trouble_says_so(bool on, bool? reachable, long waiting, long dropped, string said)
    {
        var answer = await Preview.ShowAsync<ErrorsPage>((nameof(ErrorsPage.Status), new ErrorTrackingStatus(on, waiting, dropped, null, reachable, null)));
        Assert.Contains(said, answer.Page.QuerySelector(".warning").Words(), StringComparison.Ordinal);
    }

    private static ErrorTrackingStatus Fine { get; } = new(On: true, 0, 0, null, DatabaseReachable: true, null);

    private static Task<Answer> ShowAsync(ErrorGroupDetail detail) => Preview.ShowAsync<ErrorPage>((nameof(ErrorPage.Detail), detail), (nameof(ErrorPage.Shown), detail.Latest[0]));
}
