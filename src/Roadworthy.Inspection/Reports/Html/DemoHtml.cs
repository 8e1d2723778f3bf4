using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports.Html;

/// <summary>The page about several inspections (<c>index.html</c>): hazard by hazard beside each other, then the gravest finding of each rule, with its proof.</summary>
internal static class DemoHtml
{
    private const int MostFindings = 10;

    public static string Write(IReadOnlyList<DemoChapter> chapters) => Markup.Of($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{HtmlReport.Hash(HtmlReport.Css)}'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
        <title>It compiles. What breaks?</title><style>{new Markup(HtmlReport.Css)}</style></head>
        <body><header><p class="brand">roadworthy <span>demo</span></p>
        <h1>It compiles. What breaks?</h1>
        <p>One backend three times, each inspected by the same command: twice as it was generated, and once done right.</p></header>
        <main>
        <section tabindex="0"><h2>Hazard by hazard</h2><table class="matrix"><thead><tr><th scope="col">backend</th>{Markup.Each(Enum.GetValues<Hazard>(), hazard => Markup.Of($"""<th scope="col">{hazard.ToString().ToLowerInvariant()}</th>"""))}</tr></thead>
        <tbody>{Markup.Each(chapters, Row)}</tbody></table></section>
        {Markup.Each(chapters, Chapter)}
        </main></body></html>

        """).Value;

    private static Markup Row(DemoChapter chapter) => Markup.Of($"""
        <tr><th scope="row"><a href="#{chapter.Name}">{chapter.Name}</a></th>{Markup.Each(Enum.GetValues<Hazard>(), hazard => Cell(chapter.Report, hazard))}</tr>
        """);

    private static Markup Cell(InspectionReport? report, Hazard hazard)
    {
        if (report is null) return Markup.Of($"""<td class="inconclusive">not inspected</td>""");
        var found = report.Findings.Count(finding => RuleCatalogue.Get(finding.Rule).Hazard == hazard);
        var held = report.Results.Count(result => result.Definition.Hazard == hazard && result.Verdict == Verdict.Pass);
        return found > 0 ? Markup.Of($"""<td class="fail">✕ <span>{found} found</span></td>""")
            : held > 0 ? Markup.Of($"""<td class="pass">✓ <span>{held} held</span></td>""")
            : Markup.Of($"""<td class="inconclusive">? <span>not proved</span></td>""");
    }

    private static Markup Chapter(DemoChapter chapter) => Markup.Of($"""
        <section id="{chapter.Name}"><h2>{chapter.Name}</h2><p>{chapter.About}</p>
        <p class="verdict {(chapter.Report is { Findings.Count: > 0 } ? "bad" : chapter.Report is { ExitCode: 0 } ? "good" : "")}">{chapter.Line}</p>
        {Markup.Each(chapter.Report?.Findings.DistinctBy(finding => finding.Rule, StringComparer.Ordinal).Take(MostFindings) ?? [], finding => FindingHtml.Of(finding, isOpen: false))}
        {(chapter.Report is null ? Markup.Empty : Markup.Of($"""<p><a href="{chapter.Name}/{ReportFiles.Html}">The whole report</a></p>"""))}</section>
        """);
}
