using System.Text;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>Of a file of SQL that holds the way up and the way down, as goose, dbmate and sql-migrate have them, the way up alone.</summary>
internal static partial class UpScript
{
    public static string Of(string sql)
    {
        var marks = Mark().Matches(sql);
        // A comment alone that speaks of going down is none.
        if (marks.Count == 0 || !IsUp(marks[0])) return sql;
        var kept = new StringBuilder(sql[..marks[0].Index]);
        for (var n = 0; n < marks.Count; n++)
            if (IsUp(marks[n])) kept.Append(sql, marks[n].Index, (n + 1 < marks.Count ? marks[n + 1].Index : sql.Length) - marks[n].Index);
        return kept.ToString();
    }

    private static bool IsUp(Match mark) => mark.Groups["way"].Value.Equals("up", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[ \t]*--+[ \t]*(?:\+\w+[ \t]+|\w+:|@|rambler[ \t]+)(?<way>up|down)\b[^\n]*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Mark();
}
