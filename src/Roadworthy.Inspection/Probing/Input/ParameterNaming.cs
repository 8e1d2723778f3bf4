using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Whether a refusal tells which value of an address it is about, or at least what is wrong with one.</summary>
internal static partial class ParameterNaming
{
    // What hands the address back, or is there for machines, tells nobody anything.
    private static readonly string[] Echoes = ["instance", "path", "url", "uri", "requesturl", "traceid", "requestid", "timestamp", "stack", "type"];

    /// <summary>By its name or a word of it, by the value, or by what a value has to be: a person finds it by any.</summary>
    /// <param name="response">The refusal.</param>
    /// <param name="parameter">Its name.</param>
    /// <param name="value">That was refused.</param>
    public static bool Tells(WireResponse response, string parameter, string value)
    {
        var text = Said(response);
        var words = Driving.Names.Words(text).SelectMany(word => (string[])[word, Driving.Names.Singular(word)]).ToHashSet(StringComparer.Ordinal);
        if (words.Contains(Driving.Names.Plain(parameter)) || Driving.Names.Words(parameter).Any(word => words.Contains(Driving.Names.Singular(word)))) return true;
        if (value.Length > 0 && Regex.IsMatch(text, $@"(?<![\w.-]){Regex.Escape(value)}(?![\w-])", RegexOptions.None, TimeSpan.FromSeconds(1))) return true;
        return Why().IsMatch(text) || (Meanings.Of(parameter, null) is Meaning.Page or Meaning.Limit or Meaning.Offset && text.Contains("pagina", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether it says anything at all.</summary>
    public static bool IsSilent(WireResponse response) => string.IsNullOrWhiteSpace(response.Text) || response.Text.Trim() is "{}" or "null" or "\"\"";

    private static string Said(WireResponse response)
    {
        if (response.Json is not JsonObject of) return response.Text;
        var said = new JsonObject();
        foreach (var (name, value) in of)
            if (!(Echoes.Contains(Driving.Names.Plain(name), StringComparer.Ordinal) && value is JsonValue && IsEcho(value.ToString()))) said[name] = value?.DeepClone();
        return said.ToJsonString(RawBody.Plain);
    }

    /// <summary>An address or an id, and not the name of a parameter in a member called <c>path</c>.</summary>
    private static bool IsEcho(string text) => text.Contains('/', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal) || text.Any(char.IsDigit) || text.Length > 40;

    [GeneratedRegex(@"numeric|number|integer|\bint\b|int32|int64|digit|float|decimal|uuid|guid|objectid|\bdates?\b|boolean|positive|negative|between|at least|at most|greater than|less than|larger than|smaller than|minimum|maximum|\bmin\b|\bmax\b|range|must be|must not|expected|too (?:large|big|small|long|short|high|low)|\bone of\b|allowed|\bNaN\b|cast to|parse|syntax|quer(?:y|ies)|param", RegexOptions.IgnoreCase)]
    private static partial Regex Why();
}
