using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports.Html;

/// <summary>Every endpoint against every hazard: what was tried, and what came of it.</summary>
internal static class MatrixHtml
{
    private static readonly Hazard[] Hazards = Enum.GetValues<Hazard>();

    public static Markup Of(InspectionReport report) => Markup.Of($"""
        <table class="matrix"><thead><tr><th scope="col">endpoint</th>{Markup.Each(Hazards, hazard => Markup.Of($"""<th scope="col">{hazard.ToString().ToLowerInvariant()}</th>"""))}</tr></thead>
        <tbody>{Markup.Each(report.Results.GroupBy(result => result.Endpoint, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal), Row)}</tbody></table>
        """);

    private static Markup Row(IGrouping<string, RuleResult> endpoint) => Markup.Of($"""
        <tr><th scope="row"><code>{(endpoint.Key == RuleResult.Everywhere ? "the backend as a whole" : endpoint.Key)}</code></th>{Markup.Each(Hazards, hazard => Cell([.. endpoint.Where(result => result.Definition.Hazard == hazard)]))}</tr>
        """);

    private static Markup Cell(IReadOnlyList<RuleResult> results)
    {
        if (results.Count == 0) return Markup.Of($"<td></td>");
        var worst = results.Max(result => result.Verdict);
        var all = string.Join("; ", results.OrderByDescending(result => result.Verdict).Select(result => $"{result.Rule} {Word(result.Verdict)}: {result.Reason}"));
        return Markup.Of($"""<td class="{worst.ToString().ToLowerInvariant()}" title="{all}">{Sign(worst)} <span>{Word(worst)}</span></td>""");
    }

    private static string Sign(Verdict verdict) => verdict switch { Verdict.Fail => "✕", Verdict.Advisory => "!", Verdict.Pass => "✓", _ => "?" };

    private static string Word(Verdict verdict) => verdict switch { Verdict.Fail => "failed", Verdict.Advisory => "advisory", Verdict.Pass => "held", _ => "not proved" };
}
