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

    /// <summary>Whose lock file is there; npm runs the scripts as well where that one is not installed.</summary>
    public static string ManagerOf(string directory)
    {
        var locked = File.Exists(Path.Combine(directory, "pnpm-lock.yaml")) ? "pnpm" : File.Exists(Path.Combine(directory, "yarn.lock")) ? "yarn" : "npm";
        var path = System.Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return path.Any(folder => File.Exists(Path.Combine(folder, locked)) || File.Exists(Path.Combine(folder, locked + ".cmd"))) ? locked : "npm";
    }

    /// <summary>What to start in place of a script that a package.json does not have, a sentence; null where it has it, or none is named.</summary>
    public static string? Missing(string directory, string command)
    {
        if (!File.Exists(Path.Combine(directory, "package.json")) || Named().Match(command.Trim()) is not { Success: true } named) return null;
        var (name, scripts) = (named.Groups["name"].Value, In(directory));
        if (scripts.ContainsKey(name)) return null;
        var main = ((string?[])[MainOf(directory), "server.js", "app.js", "index.js", "src/index.js", "src/server.js", "src/app.js", "dist/main.js", "dist/index.js", "dist/server.js"])
            .FirstOrDefault(file => file is not null && File.Exists(Path.Combine(directory, file)));
        return $" package.json has no script '{name}'{(scripts.Count == 0 ? "" : $", but {string.Join(", ", scripts.Keys.Take(12).Select(each => $"'{each}'"))}")}.{(main is null ? "" : $" Perhaps it is started by 'node {main}'.")}";
    }

    private static string? MainOf(string directory)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "package.json")));
            return document.RootElement.TryGetProperty("main", out var main) && main.ValueKind is JsonValueKind.String ? main.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
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

    /// <summary>A script that is asked for by its name, and is no command of the package manager's own.</summary>
    [GeneratedRegex(@"^(?:npm|yarn|pnpm)\s+(?:(?:-s|--silent)\s+)?(?:run(?:-script)?\s+(?<name>[\w:.-]+)|(?<name>start))(?:\s|$)")]
    private static partial Regex Named();

    /// <summary>env-cmd with its own options, up to what it starts.</summary>
    [GeneratedRegex(@"(?<=^|[\s;&])(?<tool>(?:npx\s+)?env-cmd)(?<options>(?:\s+(?:(?:-f|--file|-e|--environments|-r|--rc-file)\s+\S+|-x|--expand-envs|--use-shell|--fallback|--silent|--verbose|--no-override))*)(?<old>\s+\S*\.env\S*)?(?:\s+--(?=\s))?\s+")]
    private static partial Regex Loader();

    [GeneratedRegex(@"(?:-f|--file)\s+(?<file>\S+)")]
    private static partial Regex FileOption();

    [GeneratedRegex(@"\s(?:-e|--environments|-r|--rc-file)\s")]
    private static partial Regex OtherOption();
}
