using System.Text.Json;
using Roadworthy.Console.Text;

namespace Roadworthy.Console.Errors;

/// <summary>Reads the JSON of a log record for the eye. It may hold what no string can, such as half a surrogate pair: that is shown as it is escaped.</summary>
internal static class RecordJson
{
    private const int MostMembers = 64;

    public static JsonElement? Parse(string? record)
    {
        if (record is null) return null;
        try
        {
            var element = JsonElement.Parse(record);
            return element.ValueKind == JsonValueKind.Object ? element : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return element.GetRawText();
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText()[1..^1];
        }
    }

    /// <summary>The text of a member; null where there is none.</summary>
    public static string? Text(JsonElement element, string name) => Member(element, name) is { } member ? Text(member) : null;

    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static IEnumerable<JsonElement> Elements(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The members as name and text, ready to be shown.</summary>
    public static IEnumerable<(string Name, string Text)> Members(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Take(MostMembers).Select(member => (Visible.Line(Name(member), 100), Visible.Block(Text(member.Value), 2_000))),
        JsonValueKind.Array => element.EnumerateArray().Take(MostMembers).Select((item, n) => ($"{n}", Visible.Block(Text(item), 2_000))),
        _ => [("", Visible.Block(Text(element), 2_000))],
    };

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "(a name that is no text)";
        }
    }
}
