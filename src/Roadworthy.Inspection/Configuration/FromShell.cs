using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Configuration;

/// <summary>Fills <c>${NAME}</c> from the shell's environment, so that a file that is committed holds no secret.</summary>
internal static partial class FromShell
{
    /// <exception cref="InspectionException">The shell has no such variable.</exception>
    public static string Fill(string value, Func<string, string?> shell) => Place().Replace(value, match =>
        shell(match.Groups[1].Value) ?? throw new InspectionException($"{InspectConfig.FileName} takes '{match.Groups[1].Value}' from the shell's environment, where it is not set. Set it, or give the value in another way."));

    public static Dictionary<string, string> Fill(IReadOnlyDictionary<string, string> values, Func<string, string?> shell) =>
        values.ToDictionary(pair => pair.Key, pair => Fill(pair.Value, shell), StringComparer.Ordinal);

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Place();
}
