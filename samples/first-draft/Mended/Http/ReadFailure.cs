using System.Text.Json;
using System.Text.RegularExpressions;

namespace FirstDraft.Mended.Http;

/// <summary>What a client is told of a body that could not be read: the field and no more.</summary>
public static partial class ReadFailure
{
    public static Dictionary<string, string[]> Errors(BadHttpRequestException exception)
    {
        if (exception.InnerException is not JsonException json) return One("body", "A JSON body is needed");
        var missing = Missing().Match(json.Message);
        if (missing.Success)
        {
            return QuotedName().Matches(missing.Groups["names"].Value)
                .ToDictionary(name => name.Groups["name"].Value, _ => new[] { "Is required" }, StringComparer.Ordinal);
        }

        var path = json.Path?.TrimStart('$').TrimStart('.');
        return One(string.IsNullOrEmpty(path) ? "body" : path, "Can't be read as what it should be");
    }

    private static Dictionary<string, string[]> One(string field, string message) => new(StringComparer.Ordinal) { [field] = [message] };

    [GeneratedRegex("missing required properties including: (?<names>.*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex QuotedName();
}
