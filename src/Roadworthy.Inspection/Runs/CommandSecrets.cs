using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Runs;

/// <summary>Secrets that a command holds, in the variables that it sets and the options that it gives.</summary>
internal static partial class CommandSecrets
{
    /// <summary>The command without them: it takes them from its environment.</summary>
    /// <param name="command">For a shell; null for none.</param>
    /// <param name="into">Is given what was found, by the name of the variable that holds it from then on.</param>
    public static string? Take(string? command, IDictionary<string, string> into) => command is null ? null : Option().Replace(Variable().Replace(command, match => Out(match, into)), match => Out(match, into));

    private static string Out(Match match, IDictionary<string, string> into)
    {
        var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim('"', '\''));
        // What the shell or the inspection fills in is no secret as it stands here.
        if (value.Length == 0 || value.Contains('$', StringComparison.Ordinal) || value is "{url}" or "{password}" || !SecretNames.Holds(name, value)) return match.Value;
        var variable = name.Replace('-', '_');
        if (!match.Groups["option"].Success)
        {
            into[variable] = value;
            return "";
        }

        variable = variable.ToUpperInvariant();
        into[variable] = value;
        return $"{match.Groups["option"].Value}\"${variable}\"";
    }

    [GeneratedRegex(@"(?<=^|[\s;&|(])(?:export\s+)?(?<name>[A-Za-z_]\w*)=(?<value>""[^""]*""|'[^']*'|[^\s;&|()""']+)(?:\s+|(?=$|[;&|)]))")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<=\s)(?<option>--(?<name>[A-Za-z][\w-]*)[= ])(?<value>""[^""]*""|'[^']*'|[^\s;&|()""'-][^\s;&|()""']*)")]
    private static partial Regex Option();
}
