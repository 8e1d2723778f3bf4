using System.Globalization;
using System.Text;
using System.Xml;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>
/// The report as JUnit's XML, for CI servers (<c>junit.xml</c>): a suite for each hazard, a case for each rule and endpoint. What is inconclusive is
/// skipped, with its reason; an advisory passes, and says itself in its output.
/// </summary>
public static class JunitReport
{
    /// <summary>The report's text.</summary>
    public static string Write(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new() { Indent = true, CheckCharacters = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "roadworthy inspect");
            foreach (var suite in report.Results.GroupBy(result => result.Definition.Hazard).OrderBy(group => group.Key)) Suite(xml, suite.Key, [.. suite]);
            xml.WriteEndElement();
        }

        return text.ToString() + "\n";
    }

    private static void Suite(XmlWriter xml, Hazard hazard, IReadOnlyList<RuleResult> results)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", $"{report(hazard)}");
        xml.WriteAttributeString("tests", Number(results.Count));
        xml.WriteAttributeString("failures", Number(results.Count(result => result.Verdict == Verdict.Fail)));
        xml.WriteAttributeString("skipped", Number(results.Count(result => result.Verdict == Verdict.Inconclusive)));
        foreach (var result in results.OrderBy(result => result.Rule, StringComparer.Ordinal).ThenBy(result => result.Endpoint, StringComparer.Ordinal)) Case(xml, result);
        xml.WriteEndElement();

        static string report(Hazard hazard) => hazard.ToString().ToLowerInvariant();
    }

    private static void Case(XmlWriter xml, RuleResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", $"{result.Rule} {result.Definition.Title}");
        xml.WriteAttributeString("name", Clean(result.Endpoint));
        switch (result.Verdict)
        {
            case Verdict.Fail:
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Clean(result.Reason));
                xml.WriteString(Clean(string.Join("\n\n", result.Findings.Select(FindingText.Of))));
                xml.WriteEndElement();
                break;
            case Verdict.Inconclusive:
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", Clean(result.Reason));
                xml.WriteEndElement();
                break;
            case Verdict.Advisory:
                xml.WriteElementString("system-out", Clean(string.Join("\n\n", result.Findings.Select(FindingText.Of))));
                break;
        }

        xml.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // What XML 1.0 can't hold: half of a surrogate pair, and the two non-characters.
    private static string Clean(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var index = 0; index < source.Length; index++) span[index] = IsAllowed(source, index) ? source[index] : '\ufffd';
        });

    private static bool IsAllowed(string text, int index) =>
        XmlConvert.IsXmlChar(text[index])
        || (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        || (char.IsLowSurrogate(text[index]) && index > 0 && char.IsHighSurrogate(text[index - 1]));

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
