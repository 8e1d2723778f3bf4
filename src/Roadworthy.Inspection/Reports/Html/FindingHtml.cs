using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports.Html;

/// <summary>A finding as a card: what and where at a glance, the proof when it is opened.</summary>
internal static class FindingHtml
{
    public static Markup Of(Finding finding, bool isOpen)
    {
        var rule = RuleCatalogue.Get(finding.Rule);
        var severity = rule.Severity.ToString().ToLowerInvariant();
        return Markup.Of($"""
            <details class="finding {severity}" id="{finding.Id}" data-hazard="{rule.Hazard.ToString().ToLowerInvariant()}"{(isOpen ? new Markup(" open") : Markup.Empty)}>
            <summary><span class="severity">{severity}</span><span class="title"><b>{rule.Title}</b> <code>{finding.Endpoint}</code></span><span class="what">{finding.Summary}</span></summary>
            <div class="inside">
            <p class="fault">{rule.Fault}</p>
            {Markup.Each(finding.Evidence, EvidenceHtml.Of)}
            <h3>What to do</h3><p>{finding.Remedy ?? rule.Remedy} <a href="{rule.HelpUri}">{rule.Id} has more</a>.</p>
            {Source(finding.Source)}
            <h3>See it again</h3>
            <pre class="again" tabindex="0">{string.Join('\n', finding.Commands.Prepend($"roadworthy replay {finding.Id}"))}</pre>
            </div></details>
            """);
    }

    private static Markup Source(SourceLocation? source) =>
        source is null ? Markup.Empty : Markup.Of($"""<p class="source">At <code>{source.File}:{source.Line}</code></p>""");
}
