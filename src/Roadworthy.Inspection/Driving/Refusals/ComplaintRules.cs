using System.Globalization;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Driving;

/// <summary>What a complaint's text asks for.</summary>
internal static partial class ComplaintRules
{
    public static FieldRule? Of(Complaint complaint)
    {
        var text = complaint.Text;
        var rule = new FieldRule();
        if (Extra().IsMatch(text)) return rule with { Drop = true };
        if (Taken().IsMatch(text)) return rule with { Unique = true };
        if (Match().Match(text) is { Success: true } same) return rule with { Required = true, SameAs = same.Groups["field"].Value };
        if (Unknown().IsMatch(text)) return rule with { Reference = true };
        if (OneOf().Match(text) is { Success: true } list && !list.Groups["list"].Value.Contains("received", StringComparison.Ordinal) && Values(list.Groups["list"].Value) is { Count: > 0 } values) rule = rule with { OneOf = values };
        rule = rule with { Type = TypeOf(text), Format = FormatOf(text) };
        rule = Lengths(text, Ranges(text, rule));
        if (Missing().IsMatch(text)) rule = rule with { Required = true };
        if (PatternOf().Match(text) is { Success: true } pattern) rule = rule with { Pattern = pattern.Groups["pattern"].Value };
        return rule.Equals(new FieldRule()) ? null : rule;
    }

    private static string? TypeOf(string text) => text switch
    {
        _ when Integer().IsMatch(text) => "integer",
        _ when Number().IsMatch(text) => "number",
        _ when Boolean().IsMatch(text) => "boolean",
        _ when Array().IsMatch(text) => "array",
        _ when Object().IsMatch(text) => "object",
        _ when String().IsMatch(text) => "string",
        _ => null,
    };

    private static string? FormatOf(string text) => text switch
    {
        _ when Regex.IsMatch(text, @"\be-?mail\b.*\b(valid|address|format)|valid\b.*\be-?mail|must be an email|isEmail", RegexOptions.IgnoreCase, Limit) => "email",
        _ when Regex.IsMatch(text, @"\b(uuid|guid)\b", RegexOptions.IgnoreCase, Limit) => "uuid",
        _ when Regex.IsMatch(text, @"\b(url|uri)\b", RegexOptions.IgnoreCase, Limit) => "uri",
        _ when Regex.IsMatch(text, @"date-?time|timestamp|ISO ?8601|iso-8601", RegexOptions.IgnoreCase, Limit) => "date-time",
        _ when Regex.IsMatch(text, @"\bdate\b", RegexOptions.IgnoreCase, Limit) => "date",
        _ when Regex.IsMatch(text, @"\bphone\b", RegexOptions.IgnoreCase, Limit) => "phone",
        _ when Regex.IsMatch(text, @"(strong|uppercase|lowercase|special char|non.?alphanumeric|digit).*", RegexOptions.IgnoreCase, Limit) && text.Contains("assword", StringComparison.OrdinalIgnoreCase) => "password",
        _ => null,
    };

    private static FieldRule Ranges(string text, FieldRule rule)
    {
        if (IsLength().IsMatch(text)) return rule;
        if (Between().Match(text) is { Success: true } between) return rule with { Minimum = Number(between, "from"), Maximum = Number(between, "to") };
        if (AtLeast().Match(text) is { Success: true } least) rule = rule with { Minimum = Number(least, "n") };
        if (MoreThan().Match(text) is { Success: true } more) rule = rule with { Minimum = Number(more, "n") + 1 };
        if (AtMost().Match(text) is { Success: true } most) rule = rule with { Maximum = Number(most, "n") };
        if (LessThan().Match(text) is { Success: true } less) rule = rule with { Maximum = Number(less, "n") - 1 };
        if (Positive().IsMatch(text)) rule = rule with { Minimum = 1 };
        return rule;
    }

    private static FieldRule Lengths(string text, FieldRule rule)
    {
        if (!IsLength().IsMatch(text)) return rule;
        if (Between().Match(text) is { Success: true } between) return rule with { MinLength = Length(Number(between, "from")), MaxLength = Length(Number(between, "to")) };
        if (Exactly().Match(text) is { Success: true } exactly) return rule with { MinLength = Length(Number(exactly, "n")), MaxLength = Length(Number(exactly, "n")) };
        if (AtLeast().Match(text) is { Success: true } least) rule = rule with { MinLength = Length(Number(least, "n")) };
        if (MoreThan().Match(text) is { Success: true } more) rule = rule with { MinLength = Length(Number(more, "n") + 1) };
        if (AtMost().Match(text) is { Success: true } most) rule = rule with { MaxLength = Length(Number(most, "n")) };
        if (LessThan().Match(text) is { Success: true } less) rule = rule with { MaxLength = Length(Number(less, "n") - 1) };
        return rule;
    }

    private static List<string> Values(string list) =>
        [.. Value().Matches(list).Select(match => match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["bare"].Value).Where(value => value.Length > 0 && value is not ("or" or "and" or "of" or "values" or "null")).Take(50)];

    private static decimal? Number(Match match, string group) => decimal.TryParse(match.Groups[group].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Length(decimal? number) => number is >= 0 and < 100_000 ? (int)number : null;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [GeneratedRegex(@"should not exist|not allowed|not permitted|unrecognized|unknown (?:field|key|property|argument)|additional propert|unexpected (?:field|key|property)|extra fields|extra_forbidden|forbidden", RegexOptions.IgnoreCase)]
    private static partial Regex Extra();

    [GeneratedRegex(@"already|taken|in use|must be unique|duplicate|not unique|alreadyexists", RegexOptions.IgnoreCase)]
    private static partial Regex Taken();

    [GeneratedRegex(@"(?:must|should|does not|doesn't|do not|don't|to)\s+(?:be equal to|match|be the same as)\s+(?:the\s+)?['""]?(?:ref:)?(?<field>password|email|new_?password)['""]?|(?<field>password)s?\s+(?:do not|don't|must|does not|should)\s+match", RegexOptions.IgnoreCase)]
    private static partial Regex Match();

    [GeneratedRegex(@"not found|does ?n[o']t exist|no such|object does not exist|unknown (?!field|key|property)\w+$|invalid pk|not a valid choice of|must exist|notexists", RegexOptions.IgnoreCase)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"(?:one of|allowed values(?: are)?|valid values(?: are)?|valid choices(?: are)?|expected|permitted:?|must be either|following values|enum values:?|values accepted[^:\[]*)\s*(?:the following(?: values)?)?\s*:?\s*(?<list>\[[^\]]+\]|(?:['""‘][^'""]+['""’](?:\s*(?:\||,|or|, or|and)\s*)?)+|(?:[\w-]+\s*(?:,|\|)\s*)+(?:or\s+)?[\w-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex OneOf();

    [GeneratedRegex(@"""(?<quoted>[^""]+)""|'(?<quoted>[^']+)'|(?<bare>[\w.-]+)")]
    private static partial Regex Value();

    [GeneratedRegex(@"required|blank|must not be (?:empty|null)|should not be (?:empty|null|null or undefined)|may not be (?:null|blank)|can(?:no|')t be (?:empty|null|blank)|not be empty|missing|is empty|isNotEmpty|isDefined|must be provided|be present|received undefined", RegexOptions.IgnoreCase)]
    private static partial Regex Missing();

    [GeneratedRegex(@"\b(?:valid |an? )?(?:integer|int)\b|isInt\b|int_parsing|whole number", RegexOptions.IgnoreCase)]
    private static partial Regex Integer();

    [GeneratedRegex(@"(?:must|should) be (?:a |an |of type )?(?:positive |valid )?(?:number|numeric|decimal|float)|expected number|is not a number|valid (?:number|decimal)|type ""?number|conforming to the specified constraints|float_parsing|be a `number`", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\bbool(?:ean)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Boolean();

    [GeneratedRegex(@"(?:must|should) be (?:an? )?(?:array|list)|expected (?:an? )?(?:array|list)|a list of items|valid list|type ""?array|list_type", RegexOptions.IgnoreCase)]
    private static partial Regex Array();

    [GeneratedRegex(@"(?:must|should) be (?:an? )?(?:object|dictionary|json)|expected (?:an? )?(?:object|dictionary)|valid dict|dict_type|type ""?object", RegexOptions.IgnoreCase)]
    private static partial Regex Object();

    [GeneratedRegex(@"(?:must|should) be (?:a )?string|expected string|not a valid string|str type expected|string_type|valid string", RegexOptions.IgnoreCase)]
    private static partial Regex String();

    [GeneratedRegex(@"character|length|long(?:er)?\b|short(?:er)?\b|chars\b|string_too|letters", RegexOptions.IgnoreCase)]
    private static partial Regex IsLength();

    [GeneratedRegex(@"(?:between|from)\s+(?<from>-?\d+(?:\.\d+)?)\s*(?:and|to|-|,)\s*(?<to>-?\d+(?:\.\d+)?)", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"(?:at least|minimum(?: length)?(?: is| of)?:?|min(?:imum)?\.?(?: length)?|not be (?:less|shorter|lower) than|not less than|>=|greater than or equal to|longer than or equal to|or more|too short[^\d]*)\s*(?<n>-?\d+(?:\.\d+)?)", RegexOptions.IgnoreCase)]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"(?<!or equal to )(?:greater than|more than|longer than|above|>(?!=))\s+(?<n>-?\d+(?:\.\d+)?)", RegexOptions.IgnoreCase)]
    private static partial Regex MoreThan();

    [GeneratedRegex(@"(?:at most|no more than|maximum(?: length)?(?: is| of)?:?|max(?:imum)?\.?(?: length)?|not (?:be )?(?:more|greater|longer) than|not exceed|up to|<=|less than or equal to|shorter than or equal to|too long[^\d]*)\s*(?<n>-?\d+(?:\.\d+)?)", RegexOptions.IgnoreCase)]
    private static partial Regex AtMost();

    [GeneratedRegex(@"(?<!not be )(?<!not )(?:less than|fewer than|shorter than|lower than|below|<(?!=))\s+(?<n>-?\d+(?:\.\d+)?)", RegexOptions.IgnoreCase)]
    private static partial Regex LessThan();

    [GeneratedRegex(@"(?:exactly|must be|length of)\s+(?<n>\d+)\s*(?:characters|chars|digits|letters)?", RegexOptions.IgnoreCase)]
    private static partial Regex Exactly();

    [GeneratedRegex(@"\bpositive\b|greater than (?:zero|0)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Positive();

    [GeneratedRegex(@"(?:match(?:es)?(?: the)?(?: regular expression| required pattern| pattern)?:?\s+)/(?<pattern>.+)/[a-z]*|pattern:?\s+""(?<pattern>[^""]+)""|pattern '(?<pattern>[^']+)'", RegexOptions.IgnoreCase)]
    private static partial Regex PatternOf();
}
