using System.Text;
using Roadworthy.Inspection.Reports.Html;

namespace Roadworthy.Inspection.Reports;

/// <summary>The forms of a report as files of one folder. Each is written whole or not at all, so that no reader meets half of one.</summary>
public static class ReportFiles
{
    /// <summary>The page for people, which is named first.</summary>
    public const string Html = "report.html";

    private static readonly (string Name, Func<InspectionReport, string> Write)[] Forms =
    [
        (Html, HtmlReport.Write), ("report.json", JsonReport.Write), ("junit.xml", JunitReport.Write), ("report.sarif", SarifReport.Write), ("summary.md", MarkdownSummary.Write),
    ];

    /// <summary>Writes all of them, and says where they are.</summary>
    /// <exception cref="IOException">The folder can't be written to.</exception>
    public static IReadOnlyList<string> Write(string folder, InspectionReport report)
    {
        Prepare(folder);
        return [.. Forms.Select(form => Put(Path.Combine(folder, form.Name), form.Write(report)))];
    }

    /// <summary>Makes the folder, and takes away what an earlier run reported: it would be taken for this one's if this one were killed.</summary>
    public static void Begin(string folder)
    {
        Prepare(folder);
        foreach (var (name, _) in Forms) File.Delete(Path.Combine(folder, name));
        File.Delete(Path.Combine(folder, Journal.FileName));
    }

    /// <summary>Writes one file in one step.</summary>
    internal static string Put(string file, string text)
    {
        var next = $"{file}.{Environment.ProcessId}.tmp";
        File.WriteAllText(next, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(next, file, overwrite: true);
        return file;
    }

    private static void Prepare(string folder)
    {
        // Reports are made anew, and hold what a backend said: no repository wants them.
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        if (isNew) File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n");
    }
}
