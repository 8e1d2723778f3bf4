using System.Text.Json;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>
/// What a script of a package.json runs in the end. A tool that loads a file of variables over those that are set would send the backend to the
/// developer's own database: it is asked to leave alone what is set.
/// </summary>
internal static partial class NodeScripts
{
    private const int Deepest = 6;

    /// <summary>The command to run in its place; null where it can stay as it is.</summary>
    public static string? Heeding(string directory, string command)
    {
        if (!File.Exists(Path.Combine(directory, "package.json"))) return null;
        var unrolled = Unrolled(command.Trim(), In(directory), 0);
        var mended = Loader().Replace(unrolled, match => Replacement(directory, match));
        return mended == unrolled ? null : $"export PATH=\"$PWD/node_modules/.bin:$PATH\"; {mended}";
    }

    private static string Replacement(string directory, Match match)
    {
        var options = match.Groups["options"].Value;
        if (options.Contains("--no-override", StringComparison.Ordinal)) return match.Value;
        var file = FileOption().Match(options) is { Success: true } named ? named.Groups["file"].Value : match.Groups["old"] is { Success: true } old ? old.Value.Trim() : ".env";
        // Where its file is not there it would only refuse to start; -e and -r read another kind of file.
        return File.Exists(Path.Combine(directory, file)) || OtherOption().IsMatch(options) ? match.Groups["tool"].Value + " --no-override" + match.Value[match.Groups["tool"].Length..] : "";
    }

    private static string Unrolled(string command, Dictionary<string, string> scripts, int depth)
    {
        if (depth > Deepest || Runner().Match(command) is not { Success: true } match || !scripts.TryGetValue(match.Groups["name"].Value, out var script)) return command;
        return Unrolled(script.Trim() + match.Groups["rest"].Value, scripts, depth + 1);
    }

    /// <summary>Those of the folder's package.json.</summary>
    public static Dictionary<string, string> In(string directory)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "package.json")));
            return document.RootElement.TryGetProperty("scripts", out var all) && all.ValueKind is JsonValueKind.Object ? all.EnumerateObject().DistinctBy(member => member.Name, StringComparer.Ordinal).ToDictionary(member => member.Name, member => member.Value.ToString(), StringComparer.Ordinal) : [];
        }
        catch (JsonException)
        {
            // npm will say what is wrong with it.
            return [];
        }
    }

    [GeneratedRegex(@"^(?:npm(?:\s+(?:-s|--silent))?\s+(?:run(?:-script)?\s+)?|yarn\s+(?:run\s+)?|pnpm\s+(?:run\s+)?)(?<name>[\w:.-]+)(?:\s+--(?=\s|$))?(?<rest>(?:\s.*)?)$")]
    private static partial Regex Runner();

    /// <summary>env-cmd with its own options, up to what it starts.</summary>
    [GeneratedRegex(@"(?<=^|[\s;&])(?<tool>(?:npx\s+)?env-cmd)(?<options>(?:\s+(?:(?:-f|--file|-e|--environments|-r|--rc-file)\s+\S+|-x|--expand-envs|--use-shell|--fallback|--silent|--verbose|--no-override))*)(?<old>\s+\S*\.env\S*)?(?:\s+--(?=\s))?\s+")]
    private static partial Regex Loader();

    [GeneratedRegex(@"(?:-f|--file)\s+(?<file>\S+)")]
    private static partial Regex FileOption();

    [GeneratedRegex(@"\s(?:-e|--environments|-r|--rc-file)\s")]
    private static partial Regex OtherOption();
}
