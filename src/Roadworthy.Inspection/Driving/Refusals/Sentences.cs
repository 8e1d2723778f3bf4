using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Driving;

/// <summary>Finds the fields that a sentence is about.</summary>
internal static partial class Sentences
{
    private static readonly string[] NoFields =
        ["the", "a", "an", "this", "that", "one", "validation", "request", "body", "invalid", "error", "errors", "bad", "field", "fields", "value", "input", "property", "missing", "please", "you", "your", "user", "json", "unexpected", "failed", "required", "not", "no"];

    /// <summary>Each with the part of the text that tells of it. Several may be in one: <c>"email" is required, "age" must be a number</c>.</summary>
    public static IEnumerable<(string Field, string Text)> Split(string text)
    {
        foreach (var part in Parts().Split(text).Where(part => part.Length > 2))
        {
            if (MissingProperty().Match(part) is { Success: true } missing)
            {
                var within = missing.Groups["within"].Value.Trim('/');
                yield return ((within.Length > 0 ? within + "/" : "") + missing.Groups["field"].Value, "is required");
            }
            else if (NotAllowed().Match(part) is { Success: true } extra) yield return (extra.Groups["field"].Value, "should not exist");
            else if (Quoted().Match(part) is { Success: true } quoted) yield return (quoted.Groups["field"].Value, part);
            else if (Beginning().Match(part.Trim()) is { Success: true } first && !NoFields.Contains(first.Groups["field"].Value, StringComparer.OrdinalIgnoreCase)) yield return (Field(first.Groups["field"].Value), part);
            else if (List().Match(part) is { Success: true } list)
                foreach (var name in Word().Matches(list.Groups["list"].Value).Select(match => match.Value).Where(word => word.Length > 1 && word is not ("and" or "or"))) yield return (name, "is required");
            else if (Invalid().Match(part) is { Success: true } invalid) yield return (invalid.Groups["field"].Value, part);
        }
    }

    private static string Field(string words) => words.Contains(' ', StringComparison.Ordinal) ? Regex.Replace(words.ToLowerInvariant(), @"\s+(\w)", match => match.Groups[1].Value.ToUpperInvariant(), RegexOptions.None, TimeSpan.FromSeconds(1)) : words;

    [GeneratedRegex(@"(?:\r?\n|;\s|,\s(?=""\w)|,\s(?=\w[\w.\[\]]*\s(?:must|should|is|has|cannot|can't)\s)|\.\s(?=[A-Z]\w*\s(?:must|should|is|has|can))|(?<=\w)\s?\|\s)")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?:body|data|request)?(?<within>(?:/[\w]+)*)\s*(?:must|should) have required property '?(?<field>[\w-]+)'?")]
    private static partial Regex MissingProperty();

    [GeneratedRegex(@"(?:property|key|field|parameter)s?:?\s+['""]?(?<field>[\w.-]+)['""]?\s+(?:should not exist|is not allowed|not allowed|is not permitted|unknown)|(?:unrecognized|unknown|unexpected|unpermitted)\s+(?:key|keys|field|fields|parameter|parameters|property)(?:\s*\(s\)|\(s\))?(?:\s+in object)?:?\s+['""]?:?(?<field>[\w.-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex NotAllowed();

    [GeneratedRegex(@"^[^""'`]{0,60}[""'`](?<field>[A-Za-z_][\w.\[\]-]{0,60})[""'`]")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?:body[/.])?(?<field>[A-Za-z_][\w.\[\]/-]*|[A-Z][a-z]+ [a-z]+)\s+(?:must|should|is|are|has|have|can|cannot|can't|may|needs|does|exists|already|required|invalid|too|field|length|contains|do|was|format|missing)\b|^(?<field>[A-Za-z_][\w.]*):\s")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"(?:missing|required|provide|include)\s*(?:required\s*)?(?:fields?|parameters?|properties|values?|params)?\s*(?:are|is)?\s*[:(]?\s*(?<list>[A-Za-z_]\w*(?:\s*(?:,|and|,\s*and)\s*[A-Za-z_]\w*)*)|(?<list>[A-Za-z_]\w*(?:\s*(?:,|and|,\s*and)\s*[A-Za-z_]\w*)+)\s+(?:are|is)\s+(?:required|missing|mandatory)", RegexOptions.IgnoreCase)]
    private static partial Regex List();

    [GeneratedRegex(@"invalid\s+(?<field>[A-Za-z_]\w*)", RegexOptions.IgnoreCase)]
    private static partial Regex Invalid();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}
