using System.Text.Json.Nodes;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Queries;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Queries;

public sealed class QueryProbeTests(Database databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_fault_of_queries_is_found_and_its_twin_beside_it_is_not()
    {
        await using var shop = await Bookshop.OpenAsync(databases, Token);
        await new QueryProbe().RunAsync(shop.Context, Token);
        Assert.Equal(["Fail GET /authors"], shop.Found(QueryRules.NPlusOne));
        Assert.Equal(["Fail GET /covers"], shop.Found(QueryRules.UnboundedList));
        Assert.Equal(["Fail GET /count"], shop.Found(QueryRules.OverFetch));
        Assert.Equal(["Fail GET /books/{id}"], shop.Found(QueryRules.WritingGet));
        Assert.Equal(["books.author_id"], shop.Context.Results.All.Where(result => result.Rule == QueryRules.UnindexedForeignKey.Id).SelectMany(result => result.Findings).Select(finding => finding.Fingerprint));
    }

    [Fact]
    public async Task One_query_per_row_is_shown_by_a_plot_a_list_of_statements_and_their_times_and_can_be_repeated()
    {
        await using var shop = await Bookshop.OpenAsync(databases, Token);
        await new QueryProbe().RunAsync(shop.Context, Token);
        var finding = shop.Context.Results.All.Single(result => result.Rule == QueryRules.NPlusOne.Id && result.Verdict == Verdict.Fail).Findings.Single();
        var plot = Assert.Single(finding.Evidence.OfType<GrowthEvidence>());
        Assert.Equal(1, plot.Series[0].Slope, 0.05);
        Assert.True(plot.Series[0].Points.Count >= 3);
        Assert.Contains(finding.Evidence.OfType<StatementsEvidence>().Single().Statements, line => line.Note is not null && line.Count > 10);
        Assert.NotEmpty(finding.Evidence.OfType<WaterfallEvidence>().Single().Bars);
        await using var other = await Bookshop.OpenAsync(databases, Token);
        Assert.True((await new QueryProbe().ReplayAsync(other.Context, finding.Recipe!, Token)).IsFound);
    }

    [Fact]
    public async Task Every_endpoint_that_reads_has_a_result_of_every_rule()
    {
        await using var shop = await Bookshop.OpenAsync(databases, Token);
        await new QueryProbe().RunAsync(shop.Context, Token);
        foreach (var operation in shop.Context.Operations.Where(operation => operation.Method == "GET"))
            Assert.Equal(6, shop.Context.Results.All.Count(result => result.Endpoint == operation.Key && result.Reason.Length > 0));
    }

    [Theory]
    [InlineData("""[{"id":1},{"id":2}]""", "$", 2)]
    [InlineData("""{"items":[{"id":1,"tags":["a","b"]}],"page":1}""", "items", 1)]
    [InlineData("""{"data":{"users":[{"id":1},{"id":2},{"id":3}]},"meta":{"n":3}}""", "data.users", 3)]
    [InlineData("""{"id":7,"lines":[{"sku":"a"}]}""", null, 0)]
    [InlineData("""{"status":"ok"}""", null, 0)]
    public void The_list_of_an_answer_is_told_from_what_hangs_under_one_thing(string answer, string? list, int items)
    {
        var shape = AnswerShape.Of(JsonNode.Parse(answer));
        Assert.Equal((list, items), (shape.List, shape.Items));
    }

    [Fact]
    public void A_line_through_chunked_preloads_is_far_flatter_than_one_query_per_row()
    {
        Assert.Equal(1, LeastSquares.Of([new(3, 4), new(9, 10), new(20, 21)]).Slope, 0.001);
        Assert.True(LeastSquares.Of([new(3, 2), new(40, 3), new(80, 5)]).Slope < 0.1);
        Assert.Equal(0, LeastSquares.Of([new(3, 2), new(3, 9)]).Slope);
    }
}
