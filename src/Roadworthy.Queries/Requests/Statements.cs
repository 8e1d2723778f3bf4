using System.Globalization;
using System.Text;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Requests;

/// <summary>Statements as a list to be read.</summary>
internal static class Statements
{
    private const int Most = 50;

    public static string List(IEnumerable<StatementCount> statements)
    {
        var text = new StringBuilder();
        var left = 0;
        foreach (var (statement, n) in statements.Select((statement, n) => (statement, n)))
        {
            if (n >= Most) left++;
            else text.Append(CultureInfo.InvariantCulture, $"  {statement.Count} x {statement.Sql}{(statement.Place is { } place ? $"  [{place}]" : "")}{Environment.NewLine}");
        }

        if (left > 0) text.Append(CultureInfo.InvariantCulture, $"  and {left} other statements{Environment.NewLine}");
        return text.ToString().TrimEnd();
    }

    public static List<StatementCount> Of(Recorder recorder) =>
        [.. recorder.Tallies().Where(tally => !tally.Fingerprint.IsControl).Select(tally => new StatementCount(tally.Fingerprint.Text, tally.Count, tally.Place is { } site ? site.Line ?? site.Method : null))];
}
