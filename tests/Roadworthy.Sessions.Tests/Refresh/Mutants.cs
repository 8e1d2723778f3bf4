using System.Text.RegularExpressions;

namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>A statement with one fault, and what the fault is.</summary>
internal sealed record Mutant(string What, string Statement);

/// <summary>The refresh statement with each of its comparisons, constants, parameters, connectives and branches changed, one at a time.</summary>
internal static partial class Mutants
{
    private static readonly Dictionary<string, string[]> Instead = new(StringComparer.Ordinal)
    {
        ["<>"] = ["="],
        ["<="] = ["<", ">="],
        [">="] = [">", "<="],
        ["<"] = ["<=", ">"],
        ["="] = ["<>"],
        ["+"] = ["-"],
        ["-"] = ["+"],
        ["AND"] = ["OR"],
        ["OR"] = ["AND"],
        ["IS DISTINCT FROM"] = ["IS NOT DISTINCT FROM", "<>"],
        ["IS NOT NULL"] = ["IS NULL"],
        ["IS NOT FALSE"] = ["IS FALSE", "IS TRUE"],
        ["NOT $"] = ["$"],
        ["LEFT JOIN"] = ["JOIN"],
        ["FOR NO KEY UPDATE"] = [""],
        ["greatest("] = ["least("],
        ["least("] = ["greatest("],
        ["0"] = ["1", "-1"],
        ["1"] = ["0", "2"],
        ["'off'"] = ["'on'"],
        ["true"] = ["false"],
        ["now()"] = ["(now() + interval '1 microsecond')", "(now() - interval '1 microsecond')"],
        ["$3"] = ["($3 + 1)"],
        ["$4"] = ["$5", "$6"],
        ["$5"] = ["$4", "$6"],
        ["$6"] = ["$4", "$5"],
        ["$7"] = ["($7 + 1)", "($7 - 1)"],
        ["$8"] = ["true", "false"],
        ["$9"] = ["NULL", "'x'"],
        ["$10"] = ["NULL"],
        ["$11"] = ["true", "false"],
    };

    /// <param name="statement">The statement, with the view's name put in.</param>
    public static IEnumerable<Mutant> Of(string statement)
    {
        var code = Comment().Replace(statement, "");
        foreach (var mutant in Tokens(code).Concat(Verdicts(code)).Concat(Branches(code)).Concat(Columns(code))) yield return mutant;
    }

    private static IEnumerable<Mutant> Tokens(string code)
    {
        foreach (Match match in Token().Matches(code))
        {
            foreach (var other in Instead.GetValueOrDefault(match.Value, []))
                yield return Replace(code, match, other);
        }
    }

    // A verdict taken out of a list, or asked for in place of another.
    private static IEnumerable<Mutant> Verdicts(string code)
    {
        foreach (Match list in VerdictList().Matches(code))
        {
            var verdicts = list.Groups["verdict"].Captures;
            foreach (Capture verdict in verdicts)
                yield return Replace(code, list, $"IN ({string.Join(", ", verdicts.Where(one => one != verdict).Select(one => one.Value))})");
        }

        foreach (Match asked in VerdictAsked().Matches(code))
        {
            foreach (var other in (string[])["'rotated'", "'healed'", "'reused'", "'replayed'"])
            {
                if (other != asked.Groups["verdict"].Value) yield return Replace(code, asked, $"verdict = {other}");
            }
        }
    }

    // A branch of a decision taken out, or put behind the next one.
    private static IEnumerable<Mutant> Branches(string code)
    {
        var branches = Branch().Matches(code);
        for (var n = 0; n < branches.Count; n++)
        {
            yield return Replace(code, branches[n], "");
            if (n + 1 == branches.Count || !string.IsNullOrWhiteSpace(code[(branches[n].Index + branches[n].Length)..branches[n + 1].Index])) continue;
            // Two that exclude each other stand in either order.
            if (Excludes(branches[n].Value, branches[n + 1].Value)) continue;
            var both = code[..branches[n].Index] + branches[n + 1].Value + " " + branches[n].Value + code[(branches[n + 1].Index + branches[n + 1].Length)..];
            yield return new($"order of {branches[n].Value} and {branches[n + 1].Value}", both);
        }
    }

    // What is written is the old value, or what is answered the row's as it was.
    private static IEnumerable<Mutant> Columns(string code)
    {
        foreach (Match assigned in Assigned().Matches(code))
            yield return Replace(code, assigned, $"{assigned.Groups["column"].Value} = session.{assigned.Groups["column"].Value}");
        foreach (Match answered in Coalesced().Matches(code))
            yield return Replace(code, answered, $"coalesce({answered.Groups["second"].Value}, {answered.Groups["first"].Value})");
    }

    private static bool Excludes(string one, string other) =>
        (one.Contains("behind = 0", StringComparison.Ordinal) && other.Contains("behind = 1", StringComparison.Ordinal))
        || (one.Contains("behind < 0", StringComparison.Ordinal) && other.Contains("behind = 0", StringComparison.Ordinal))
        || (one.Contains("verdict = 'healed'", StringComparison.Ordinal) && other.Contains("verdict = 'rotated'", StringComparison.Ordinal));

    private static Mutant Replace(string code, Match match, string by)
    {
        var from = code.LastIndexOf('\n', match.Index) + 1;
        var to = code.IndexOf('\n', match.Index + match.Length);
        return new($"'{match.Value}' -> '{by}' at {match.Index} in: {code[from..(to < 0 ? code.Length : to)].Trim()}", code[..match.Index] + by + code[(match.Index + match.Length)..]);
    }

    [GeneratedRegex("--[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<>|<=|>=|(?<![-])<|=|\+(?! interval)|(?<= )-(?= )|\bAND\b|\bOR\b|IS DISTINCT FROM|IS NOT NULL|IS NOT FALSE|NOT \$|LEFT JOIN|FOR NO KEY UPDATE|greatest\(|least\(|(?<![\w$.])[01](?!\w)|'off'|\btrue\b|now\(\)|\$\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"IN \((?:(?<verdict>'\w+')(?:, )?)+\)", RegexOptions.CultureInvariant)]
    private static partial Regex VerdictList();

    [GeneratedRegex(@"verdict = (?<verdict>'\w+')", RegexOptions.CultureInvariant)]
    private static partial Regex VerdictAsked();

    [GeneratedRegex(@"WHEN (?:(?!\bWHEN\b|\bELSE\b|\bEND\b|\bCASE\b).)+THEN (?!CASE)(?:(?!\bWHEN\b|\bELSE\b|\bEND\b).)+", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Branch();

    [GeneratedRegex(@"(?<column>\w+) = CASE(?:(?!\bEND\b).)+END", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"coalesce\((?<first>[^,()]+), (?<second>[^,()]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Coalesced();
}
