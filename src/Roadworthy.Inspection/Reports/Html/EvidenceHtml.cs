using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports.Html;

/// <summary>Evidence as a person wants to look at it.</summary>
internal static class EvidenceHtml
{
    private const double BarWidth = 1000;

    public static Markup Of(Evidence evidence) => Markup.Of($"""<figure><figcaption>{evidence.Caption}</figcaption>{Body(evidence)}</figure>""");

    private static Markup Body(Evidence evidence) => evidence switch
    {
        ExchangeEvidence exchange => Exchange(exchange),
        StatementsEvidence statements => Statements(statements),
        GrowthEvidence growth => GrowthPlot.Of(growth),
        InterleavingEvidence interleaving => Interleaving(interleaving),
        WaterfallEvidence waterfall => Waterfall(waterfall),
        LogEvidence { Lines.Count: 0 } => Markup.Of($"""<p class="nothing">Nothing. The output has no line of it.</p>"""),
        LogEvidence log => Markup.Of($"""<pre class="log" tabindex="0">{string.Join('\n', log.Lines)}</pre>"""),
        ComparisonEvidence comparison => Comparison(comparison),
        PlacesEvidence places => Markup.Of($"""<ul class="places">{Markup.Each(places.Places, place => Markup.Of($"<li><code>{place}</code></li>"))}</ul>"""),
        _ => Markup.Empty,
    };

    private static Markup Exchange(ExchangeEvidence exchange) => Markup.Of($"""
        <div class="exchange"><pre tabindex="0">{exchange.Request}</pre>
        <p class="status {(exchange.Status is 0 or >= 500 ? "bad" : "")}">{(exchange.Status == 0 ? "no answer" : $"{exchange.Status}")} <span>in {exchange.Milliseconds:0} ms</span></p>
        <pre tabindex="0">{exchange.Response}</pre></div>
        """);

    private static Markup Statements(StatementsEvidence statements) => Markup.Of($"""
        <table class="sql"><thead><tr><th scope="col">times</th><th scope="col">rows</th><th scope="col">ms</th><th scope="col">statement</th></tr></thead>
        <tbody>{Markup.Each(statements.Statements, line => Markup.Of($"""
        <tr{(line.Note is null ? Markup.Empty : new Markup(" class=\"marked\""))}><td>{line.Count}</td><td>{(double)line.Rows}</td><td>{line.Milliseconds:0.0}</td><td><code>{line.Sql}</code>{(line.Note is null ? Markup.Empty : Markup.Of($"<p>{line.Note}</p>"))}</td></tr>
        """))}</tbody></table>
        """);

    private static Markup Interleaving(InterleavingEvidence interleaving) => Markup.Of($"""
        <table class="lanes"><thead><tr><th scope="col">request A</th><th scope="col">request B</th></tr></thead>
        <tbody>{Markup.Each(interleaving.Steps, Step)}</tbody></table>
        """);

    private static Markup Step(InterleavingStep step)
    {
        var cell = Markup.Of($"""<td{(step.IsHold ? new Markup(" class=\"hold\"") : Markup.Empty)}><code>{step.Text}</code></td>""");
        return step.Lane switch
        {
            "A" => Markup.Of($"<tr>{cell}<td></td></tr>"),
            "B" => Markup.Of($"<tr><td></td>{cell}</tr>"),
            _ => Markup.Of($"""<tr><td colspan="2" class="both">{step.Text}</td></tr>"""),
        };
    }

    private static Markup Waterfall(WaterfallEvidence waterfall)
    {
        var scale = BarWidth / Math.Max(waterfall.Milliseconds, 0.001);
        return Markup.Of($"""
            <table class="waterfall"><tbody>{Markup.Each(waterfall.Bars, bar => Markup.Of($"""
            <tr><td><code>{bar.Name}</code></td><td class="bar"><svg viewBox="0 0 {BarWidth} 12" preserveAspectRatio="none" role="img" aria-label="{bar.Milliseconds:0.0} ms from {bar.Start:0.0} ms on">
            <rect class="{(bar.IsMarked ? "marked" : "plain")}" x="{bar.Start * scale}" y="1" height="10" width="{Math.Max(bar.Milliseconds * scale, 3)}"/></svg></td><td>{bar.Milliseconds:0.0} ms</td></tr>
            """))}</tbody></table>
            """);
    }

    private static Markup Comparison(ComparisonEvidence comparison) => Markup.Of($"""
        <div class="comparison"><div><h3>should be</h3><pre tabindex="0">{string.Join('\n', comparison.Expected)}</pre></div><div><h3>is</h3><pre class="bad" tabindex="0">{string.Join('\n', comparison.Actual)}</pre></div></div>
        """);
}
