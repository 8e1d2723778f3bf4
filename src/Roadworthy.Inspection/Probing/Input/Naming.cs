using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Whether a refusal tells which field it is about.</summary>
internal static partial class Naming
{
    private const int ShortestWord = 4;

    private static readonly string[] Changing = ["traceid", "requestid", "timestamp", "instance", "path", "time", "correlationid", "id", "stack"];

    /// <summary>By its name, by one of the words that its name is made of, or by the value: a person finds it by any.</summary>
    public static bool Names(WireResponse response, BodyField field, Change change)
    {
        var text = Driving.Names.Plain(response.Text);
        if (change.Raw is ['"', .. var sent, '"'] && sent.Length >= ShortestWord && response.Text.Contains(sent, StringComparison.Ordinal)) return true;
        if (text.Contains(Driving.Names.Plain(field.Name), StringComparison.Ordinal)) return true;
        return Driving.Names.Words(field.Name).Where(word => word.Length >= ShortestWord).Any(word => text.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>What it says, alike for all answers that say the same.</summary>
    public static string Words(WireResponse response)
    {
        if (response.Json is JsonObject of)
        {
            var kept = new JsonObject();
            foreach (var (name, value) in of)
                if (!Changing.Contains(Driving.Names.Plain(name), StringComparer.Ordinal)) kept[name] = value?.DeepClone();
            return $"{response.Status} {Digits().Replace(kept.ToJsonString(), "0")}";
        }

        return $"{response.Status} {Digits().Replace(response.Text.Length > 500 ? response.Text[..500] : response.Text, "0")}";
    }

    public static bool IsAboutCredentials(WireResponse response) => Credentials().IsMatch(response.Text);

    [GeneratedRegex("credential|incorrect|wrong|unauthori", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
