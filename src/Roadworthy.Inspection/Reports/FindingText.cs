using System.Globalization;
using System.Text;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>A finding as plain text, evidence included.</summary>
internal static class FindingText
{
    private const int MaxLines = 12;

    public static string Of(Finding finding)
    {
        var rule = RuleCatalogue.Get(finding.Rule);
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{finding.Rule} {rule.Title}\n{finding.Endpoint}\n{finding.Summary}\n");
        foreach (var evidence in finding.Evidence)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{evidence.Caption}\n");
            foreach (var line in Lines(evidence)) text.Append("  ").Append(line).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\nWhat to do: {finding.Remedy ?? rule.Remedy}\n{rule.HelpUri}\n");
        if (finding.Source is { } source) text.Append(CultureInfo.InvariantCulture, $"At {source.File}:{source.Line}\n");
        return text.Append(CultureInfo.InvariantCulture, $"Again: roadworthy replay {finding.Id}\n").ToString();
    }

    /// <summary>Evidence in lines, cut where it is long.</summary>
    public static IEnumerable<string> Lines(Evidence evidence)
    {
        var lines = All(evidence).SelectMany(text => text.Split('\n')).ToList();
        foreach (var line in lines.Take(MaxLines)) yield return line.Length > 300 ? $"{line[..300]}…" : line;
        if (lines.Count > MaxLines) yield return $"… and {lines.Count - MaxLines} more lines";
    }

    private static IEnumerable<string> All(Evidence evidence) => evidence switch
    {
        ExchangeEvidence exchange => [exchange.Request, $"-> {(exchange.Status == 0 ? "no answer" : exchange.Status)} in {exchange.Milliseconds:0} ms", exchange.Response],
        StatementsEvidence statements => statements.Statements.Select(line => $"{line.Count,5} x  {line.Sql}{(line.Note is null ? "" : $"   <- {line.Note}")}"),
        GrowthEvidence growth => growth.Series.Select(series =>
            $"{series.Name}: {string.Join(", ", series.Points.Select(point => $"{point.Y:0} at {point.X:0}"))} ({series.Slope:0.00} {growth.YAxis} for each of {growth.XAxis})"),
        InterleavingEvidence interleaving => interleaving.Steps.Select(step => $"{step.Lane} {(step.IsHold ? "|| " : "   ")}{step.Text}"),
        WaterfallEvidence waterfall => waterfall.Bars.Select(bar => $"{bar.Start,8:0.0} ms +{bar.Milliseconds:0.0}  {bar.Name}"),
        LogEvidence { Lines.Count: 0 } => ["(nothing)"],
        LogEvidence log => log.Lines,
        ComparisonEvidence comparison => [.. comparison.Expected.Select(line => $"- {line}"), .. comparison.Actual.Select(line => $"+ {line}")],
        PlacesEvidence places => places.Places,
        _ => [],
    };
}
