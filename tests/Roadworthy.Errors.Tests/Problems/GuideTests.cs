using System.Text.RegularExpressions;
using Roadworthy.Errors.Problems;

namespace Roadworthy.Errors.Tests.Problems;

/// <summary>The guide's table of answers is the code's.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public void The_guide_s_table_names_every_SQLSTATE_with_its_answer_and_no_other()
    {
        var documented = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Guide()).Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length == 7)
            {
                var states = cells[1].Split(':')[0];
                foreach (var state in SqlState().Matches(states).Select(m => m.Value))
                {
                    documented[state] = $"{cells[2]} {cells[3].Trim('`')} {cells[4]}".TrimEnd();
                }
            }
        }

        var real = PostgresProblems.Table.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key} {entry.Value.Status} {entry.Value.Kind} {entry.Value.RetryAfterSeconds}".TrimEnd());
        Assert.Equal(real, documented.Select(entry => $"{entry.Key} {entry.Value}"), StringComparer.Ordinal);
    }

    [Fact]
    public void No_outage_is_a_4xx()
    {
        Assert.All(
            PostgresProblems.Table.Where(entry => entry.Key[..2] is "08" or "25" or "28" or "3D" or "40" or "53" or "55" or "57" or "58"),
            entry => Assert.InRange(entry.Value.Status, 500, 599));
    }

    private static string Guide()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "guides", "errors.md")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("No docs/guides/errors.md above the tests."), "docs", "guides", "errors.md");
    }

    [GeneratedRegex(@"\b([0-9][0-9A-Z]{4}|[0-9]{2})\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SqlState();
}
