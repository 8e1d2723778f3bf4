using System.Globalization;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>The part of <see cref="TreeRepair"/> that is about schemas: types that do not exist, members of another kind than they must be.</summary>
internal static class SchemaRepair
{
    private const int Deepest = 60;

    private static readonly string[] Numbers = ["minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
    private static readonly string[] Lists = ["allOf", "oneOf", "anyOf"];
    private static readonly string[] Single = ["items", "not", "additionalProperties"];

    public static void Mend(JsonObject schema, string where, FaultList faults, int depth, bool isParameter = false)
    {
        if (depth > Deepest)
        {
            faults.Add($"{where}: nested more than {Deepest} deep; what is deeper is left out.");
            schema.Clear();
            return;
        }

        MendType(schema, where, faults);
        MendNumbers(schema, where, faults);
        if (!isParameter) MendRequired(schema);
        MendProperties(schema, where, faults, depth);
        foreach (var name in Single)
        {
            if (schema[name] is JsonObject one) Mend(one, where, faults, depth + 1);
            else if (name == "items" && schema[name] is JsonArray { Count: > 0 } tuple && tuple[0] is JsonObject first) schema[name] = first.DeepClone();
            else if (schema[name] is not null && (name != "additionalProperties" || (schema[name] as JsonValue)?.TryGetValue(out bool _) is not true)) schema.Remove(name);
        }

        foreach (var name in Lists)
        {
            if (schema[name] is JsonArray parts)
            {
                foreach (var part in parts.ToList())
                {
                    if (part is JsonObject of) Mend(of, where, faults, depth + 1);
                    else parts.Remove(part);
                }
            }
            else if (schema[name] is not null)
            {
                schema.Remove(name);
            }
        }

        if (schema["enum"] is { } values and not JsonArray)
        {
            faults.Add($"{where}: 'enum' is no list: {values.ToJsonString()}");
            schema.Remove("enum");
        }
    }

    private static void MendType(JsonObject schema, string where, FaultList faults)
    {
        if (schema["type"] is not JsonValue value)
        {
            if (schema["type"] is not null and not JsonArray) schema.Remove("type");
            return;
        }

        var written = value.ToString();
        var (type, format) = written.ToLowerInvariant() switch
        {
            "string" or "number" or "integer" or "boolean" or "array" or "object" or "null" or "file" => (written.ToLowerInvariant(), null),
            "int" or "long" or "int32" or "int64" or "bigint" or "short" => ("integer", null),
            "float" or "double" or "decimal" or "numeric" => ("number", null),
            "bool" => ("boolean", null),
            "date" => ("string", "date"),
            "datetime" or "date-time" or "timestamp" => ("string", "date-time"),
            "uuid" or "guid" => ("string", "uuid"),
            "email" => ("string", "email"),
            "text" or "str" or "enum" or "password" => ("string", null),
            "list" => ("array", null),
            "dict" or "map" or "json" => ("object", null),
            _ => ((string?)null, (string?)null),
        };
        if (type == written) return;
        faults.Add($"{where}: there is no type '{written}'" + (type is null ? "; anything is taken for allowed." : $"; '{type}' is read."));
        if (type is null) schema.Remove("type");
        else schema["type"] = type;
        if (format is not null) schema.TryAdd("format", format);
    }

    private static void MendNumbers(JsonObject schema, string where, FaultList faults)
    {
        foreach (var name in Numbers)
        {
            if (schema[name] is not { } node) continue;
            var text = node is JsonValue ? node.ToString() : "";
            var isWhole = name is not ("minimum" or "maximum" or "multipleOf");
            if (isWhole ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) && whole >= 0
                : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !(name == "multipleOf" && text.TrimStart('-', '0', '.').Length == 0))
            {
                schema[name] = isWhole ? int.Parse(text, CultureInfo.InvariantCulture) : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            }
            else
            {
                faults.Add($"{where}: '{name}' can't be {node.ToJsonString()}.");
                schema.Remove(name);
            }
        }
    }

    private static void MendRequired(JsonObject schema)
    {
        if (schema["required"] is JsonArray required) schema["required"] = new JsonArray([.. required.OfType<JsonValue>().Select(name => JsonValue.Create(name.ToString()))]);
        else schema.Remove("required");
    }

    private static void MendProperties(JsonObject schema, string where, FaultList faults, int depth)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            if (schema["properties"] is not null) schema.Remove("properties");
            return;
        }

        foreach (var (name, property) in properties.ToList())
        {
            if (property is not JsonObject of)
            {
                if (property is JsonValue single && single.TryGetValue(out string? type)) properties[name] = of = new JsonObject { ["type"] = type };
                else
                {
                    properties.Remove(name);
                    continue;
                }
            }

            // "required": true beside a type, as an older draft of JSON Schema had it.
            if (of["required"] is JsonValue flag && flag.ToString() == "true")
            {
                if (schema["required"] is not JsonArray all) schema["required"] = all = [];
                if (!all.Any(each => each?.ToString() == name)) all.Add(JsonValue.Create(name));
                faults.Add($"{where}: '{name}' says 'required: true' of itself; the object has to.");
            }

            Mend(of, $"{where}.{name}", faults, depth + 1);
        }
    }
}
