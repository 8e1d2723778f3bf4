using System.Text.RegularExpressions;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Whole;

/// <summary>The backend that is right: nothing is found, nothing is passed over, and what can't be told is held here, with the reasons.</summary>
public sealed partial class StorefrontTests(StorefrontTests.Inspection storefront) : IClassFixture<StorefrontTests.Inspection>
{
    /// <summary>Rule and endpoint, and the reason up to what differs from one run to the next.</summary>
    private static readonly string[] NotTold =
    [
    ];

    [Fact]
    public async Task Every_endpoint_is_driven_and_nothing_is_found_nor_suppressed()
    {
        var report = await storefront.Whole.ReportAsync();
        Assert.Equal(report.Run.Endpoints, report.Run.Driven);
        Assert.Empty(Sights.Of(report));
        Assert.Empty(report.Suppressed);
    }

    [Fact]
    public async Task What_can_t_be_told_is_no_more_than_this_and_says_why() => Assert.Equal(
        NotTold.Order(StringComparer.Ordinal),
        (await storefront.Whole.ReportAsync()).Results.Where(result => result.Verdict == Verdict.Inconclusive).Select(result => $"{result.Rule} {result.Endpoint}: {Kind(result.Reason)}").Order(StringComparer.Ordinal));

    /// <summary>Its first clause, without numbers.</summary>
    private static string Kind(string reason) => Number().Replace(reason.Split(':', '.')[0], "#");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    public sealed class Inspection : IAsyncDisposable
    {
        internal WholeInspection Whole { get; } = WholeInspection.Of(Drafts.StorefrontRequest);

        public ValueTask DisposeAsync() => Whole.DisposeAsync();
    }
}
