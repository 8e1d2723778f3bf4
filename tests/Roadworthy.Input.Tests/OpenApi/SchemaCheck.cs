using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Roadworthy.Input.Tests.OpenApi;

/// <summary>
/// Whether a value is one that a schema of a document describes: the keywords that the documents use. A bound or format of a number holds for its text too,
/// which JSON Schema has no word for.
/// </summary>
internal sealed class SchemaCheck(JsonElement document)
{
    public bool Takes(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Takes(Follow(reference.GetString()!), value);
        if (schema.TryGetProperty("oneOf", out var oneOf) && oneOf.EnumerateArray().Count(one => Takes(one, value)) != 1) return false;
        if (schema.TryGetProperty("anyOf", out var anyOf) && !anyOf.EnumerateArray().Any(one => Takes(one, value))) return false;
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => IsOf(name, value))) return false;
        if (schema.TryGetProperty("enum", out var all) && !all.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))) return false;
        return value.ValueKind switch
        {
            JsonValueKind.String => Text(schema, value.GetString()!),
            JsonValueKind.Number => Number(schema, value.GetDecimal()),
            JsonValueKind.Array => !schema.TryGetProperty("items", out var items) || value.EnumerateArray().All(item => Takes(items, item)),
            JsonValueKind.Object => Object(schema, value),
            _ => true,
        };
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && decimal.IsInteger(value.GetDecimal()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };

    private static bool Text(JsonElement schema, string text)
    {
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.ECMAScript)) return false;
        if (schema.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32()) return false;
        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32()) return false;
        var format = schema.TryGetProperty("format", out var known) ? known.GetString() : null;
        return format switch
        {
            "date-time" => Regex.IsMatch(text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uuid" => Guid.TryParseExact(text, "D", out _),
            _ => !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Number(schema, number),
        };
    }

    private static bool Number(JsonElement schema, decimal number)
    {
        if (schema.TryGetProperty("minimum", out var least) && number < least.GetDecimal()) return false;
        if (schema.TryGetProperty("maximum", out var most) && number > most.GetDecimal()) return false;
        return (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
        {
            "int32" => number is >= int.MinValue and <= int.MaxValue,
            "int64" => number is >= long.MinValue and <= long.MaxValue,
            "uint8" => number is >= 0 and <= byte.MaxValue,
            _ => true,
        };
    }

    private bool Object(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("required", out var required) && required.EnumerateArray().Any(name => !value.TryGetProperty(name.GetString()!, out _))) return false;
        foreach (var property in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var known))
            {
                if (!Takes(known, property.Value)) return false;
            }
            else if (schema.TryGetProperty("additionalProperties", out var other) && other.ValueKind == JsonValueKind.Object && !Takes(other, property.Value))
            {
                return false;
            }
        }

        return true;
    }

    private JsonElement Follow(string reference)
    {
        var element = document;
        foreach (var name in reference.Split('/').Skip(1)) element = element.GetProperty(name);
        return element;
    }
}
