using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Tests.Findings;

public sealed class RuleCatalogueTests
{
    [Fact]
    public void Every_rule_is_of_a_running_backend_and_told_in_full_sentences()
    {
        Assert.NotEmpty(RuleCatalogue.All);
        Assert.All(RuleCatalogue.All, rule =>
        {
            Assert.Matches("^RW[1-5][5-9][0-9]$", rule.Id);
            Assert.True(Enum.IsDefined(rule.Hazard));
            Assert.EndsWith(".", rule.Fault, StringComparison.Ordinal);
            Assert.EndsWith(".", rule.Remedy, StringComparison.Ordinal);
            Assert.StartsWith("https://", rule.HelpUri, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_rule_that_is_none_is_refused_by_its_name() =>
        Assert.Contains("RW999", Assert.Throws<ArgumentException>(() => RuleCatalogue.Get("RW999")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_result_is_the_worst_of_its_findings_and_takes_none_of_another_rule()
    {
        var rule = QueryRules.NPlusOne;
        var finding = new Finding { Rule = rule.Id, Endpoint = "GET /a", Verdict = Verdict.Advisory, Summary = "s", Fingerprint = "f", Evidence = [new PlacesEvidence("c", ["p"])] };
        Assert.Equal(Verdict.Fail, RuleResult.Of(rule, "GET /a", [finding, finding with { Verdict = Verdict.Fail }]).Verdict);
        Assert.Throws<ArgumentException>(() => RuleResult.Of(QueryRules.Repeated, "GET /a", [finding]));
        Assert.Throws<ArgumentException>(() => RuleResult.Of(rule, "GET /a", []));
    }
}
