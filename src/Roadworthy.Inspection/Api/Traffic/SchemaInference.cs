using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Api.Traffic;

/// <summary>A schema from the values that were seen: whatever was in all of them is required.</summary>
internal static class SchemaInference
{
    private const int Deepest = 10;
    private const int MostExamples = 3;

    public static Schema Of(IReadOnlyList<JsonNode?> values, int depth = 0)
    {
        var schema = new Schema();
        if (depth > Deepest) return schema;
        foreach (var value in values) Add(schema, value);
        var objects = values.OfType<JsonObject>().ToList();
        foreach (var name in objects.SelectMany(each => each.Select(member => member.Key)).Distinct(StringComparer.Ordinal).Take(200))
        {
            schema.Properties[name] = Of([.. objects.Where(each => each.ContainsKey(name)).Select(each => each[name])], depth + 1);
            if (objects.All(each => each.ContainsKey(name))) schema.Required.Add(name);
        }

        var arrays = values.OfType<JsonArray>().ToList();
        if (arrays.Count > 0) schema.Items = Of([.. arrays.SelectMany(each => each).Take(50)], depth + 1);
        var texts = values.OfType<JsonValue>().Where(value => value.GetValueKind() is JsonValueKind.String).Select(value => value.ToString()).Where(text => text is not Secrets.Mask).ToList();
        if (texts.Count > 0) schema.Format = FormatOf(texts);
        return schema;
    }

    /// <summary>Of a parameter's texts.</summary>
    public static Schema OfTexts(IReadOnlyList<string> texts)
    {
        texts = [.. texts.Where(text => text is not Secrets.Mask)];
        if (texts.Count == 0) return new Schema();
        var schema = new Schema { Types = texts.All(text => long.TryParse(text, CultureInfo.InvariantCulture, out _)) ? SchemaTypes.Integer : SchemaTypes.String, Format = FormatOf(texts) };
        schema.Examples.AddRange(texts.Distinct(StringComparer.Ordinal).Take(MostExamples).Select(text => JsonValue.Create(text)));
        return schema;
    }

    private static void Add(Schema schema, JsonNode? value)
    {
        if (value is null)
        {
            schema.Nullable = true;
            return;
        }

        schema.Types |= value.GetValueKind() switch
        {
            JsonValueKind.Object => SchemaTypes.Object,
            JsonValueKind.Array => SchemaTypes.Array,
            JsonValueKind.String => SchemaTypes.String,
            JsonValueKind.True or JsonValueKind.False => SchemaTypes.Boolean,
            _ => decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) ? SchemaTypes.Integer : SchemaTypes.Number,
        };
        // A whole one among fractions is a number like them.
        if (schema.Types.HasFlag(SchemaTypes.Number)) schema.Types &= ~SchemaTypes.Integer;
        if (value is JsonValue && schema.Examples.Count < MostExamples && JsonCopy.Scalar(value) is not Secrets.Mask) schema.Examples.Add(value.DeepClone());
    }

    private static string? FormatOf(IReadOnlyList<string> texts)
    {
        if (texts.All(text => Guid.TryParse(text, out _))) return "uuid";
        if (texts.All(text => text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))) return "date";
        if (texts.All(text => text.Length > 15 && text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))) return "date-time";
        return texts.All(text => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && text.IndexOf('.', at) > 0 && !text.Contains(' ', StringComparison.Ordinal)) ? "email" : null;
    }
}
