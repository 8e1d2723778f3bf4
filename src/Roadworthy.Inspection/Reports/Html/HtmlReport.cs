using System.Security.Cryptography;
using System.Text;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports.Html;

/// <summary>
/// The report as one HTML file (<c>report.html</c>) that needs no network, and whose content security policy allows none: what the backend said is text in
/// it, and nothing else.
/// </summary>
public static class HtmlReport
{
    private const int OpenAtFirst = 1;
    internal static readonly string Css = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <summary>The report's text.</summary>
    public static string Write(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var run = report.Run;
        return Markup.Of($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{Hash(Css)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
            <title>{run.Name}: {Counts.Of(report)}</title><style>{new Markup(Css)}</style></head>
            <body><header><p class="brand">roadworthy <span>inspection</span></p>
            <h1>{run.Name}</h1>
            <p class="verdict {(report.Findings.Count > 0 ? "bad" : report.ExitCode == 0 ? "good" : "")}">{Counts.Of(report)}</p>
            <dl>{Facts(run)}</dl></header>
            <main>
            <nav aria-label="Hazards">{Markup.Each(Enum.GetValues<Hazard>(), hazard => Tile(report, hazard))}</nav>
            {Markup.Each(run.Notes, note => Markup.Of($"""<p class="note">{note}</p>"""))}
            {Section("findings", report.Findings.Count == 0 ? "Nothing was found" : "What breaks", report.Findings)}
            {Section("advisories", "Worth a look", report.Advisories)}
            <section tabindex="0"><h2>What was tried</h2>{MatrixHtml.Of(report)}</section>
            {Reasons(report)}
            {Suppressed(report)}
            </main>
            <footer>roadworthy {run.Version}, {run.StartedAt.UtcDateTime.ToString("u")}. Seed {run.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)} repeats the same choices.</footer>
            <script>{new Markup(Script)}</script></body></html>

            """).Value;
    }

    private static Markup Facts(RunFacts run)
    {
        var facts = new List<(string Name, string? Value)>
        {
            ("started by", run.Command), ("described by", run.Description), ("endpoints", $"{run.Driven} of {run.Endpoints} answered with success"),
            ("took", FormattableString.Invariant($"{run.Seconds:0.0} s, {run.Requests} requests")), ("database", run.Database),
        };
        return Markup.Each(facts.Where(fact => fact.Value is not null), fact => Markup.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"));
    }

    private static Markup Tile(InspectionReport report, Hazard hazard)
    {
        var results = report.Results.Where(result => result.Definition.Hazard == hazard).ToList();
        var found = report.Findings.Count(finding => RuleCatalogue.Get(finding.Rule).Hazard == hazard);
        var held = results.Count(result => result.Verdict == Verdict.Pass);
        var open = results.Count(result => result.Verdict == Verdict.Inconclusive);
        var name = hazard.ToString().ToLowerInvariant();
        return Markup.Of($"""
            <button type="button" class="tile {(found > 0 ? "bad" : held > 0 ? "good" : "")}" data-filter="{name}" aria-pressed="false"><b>{name}</b><span class="number">{found}</span><span>{held} held, {open} not proved</span></button>
            """);
    }

    private static Markup Section(string id, string title, IReadOnlyList<Finding> findings) =>
        findings.Count == 0 && id != "findings"
            ? Markup.Empty
            : Markup.Of($"""<section id="{id}"><h2>{title}</h2>{Markup.Each(findings.Select((finding, index) => (finding, index)), each => FindingHtml.Of(each.finding, each.index < OpenAtFirst && id == "findings"))}</section>""");

    private static Markup Reasons(InspectionReport report)
    {
        var reasons = report.Results.Where(result => result.Verdict == Verdict.Inconclusive).GroupBy(result => (result.Rule, result.Reason))
            .OrderBy(group => group.Key.Rule, StringComparer.Ordinal).ToList();
        return reasons.Count == 0
            ? Markup.Empty
            : Markup.Of($"""
                <section tabindex="0"><h2>Not proved, and why</h2><table class="reasons"><thead><tr><th scope="col">rule</th><th scope="col">why</th><th scope="col">where</th></tr></thead><tbody>{Markup.Each(reasons, reason => Markup.Of($"""
                <tr><td>{reason.Key.Rule}</td><td>{reason.Key.Reason}</td><td>{Markup.Each(reason, result => Markup.Of($"<code>{result.Endpoint}</code> "))}</td></tr>
                """))}</tbody></table></section>
                """);
    }

    private static Markup Suppressed(InspectionReport report) => report.Suppressed.Count == 0
        ? Markup.Empty
        : Markup.Of($"""
            <section tabindex="0"><h2>Suppressed by roadworthy.json</h2><ul>{Markup.Each(report.Suppressed, one => Markup.Of($"<li><code>{one.Finding.Id}</code> {one.Finding.Endpoint}: {one.Reason}</li>"))}</ul></section>
            """);

    internal static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream($"Reports/{name}")!);
        return reader.ReadToEnd();
    }
}
