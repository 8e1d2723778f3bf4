using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>The part of <see cref="TreeRepair"/> that is about parameters: of a path, or of an operation, which may get a body from them.</summary>
internal static class ParameterRepair
{
    private static readonly string[] SchemaMembers = ["type", "format", "items", "enum", "default", "minimum", "maximum", "minLength", "maxLength", "pattern"];

    public static void Mend(JsonObject owner, JsonObject? operation, string key, bool isOpenApi3, FaultList faults)
    {
        if (owner["parameters"] is null) return;
        if (owner["parameters"] is not JsonArray parameters)
        {
            faults.Add($"{key}: 'parameters' is no list and is left out.");
            owner.Remove("parameters");
            return;
        }

        var kept = new JsonArray();
        foreach (var node in parameters.ToList())
        {
            parameters.Remove(node);
            if (node is not JsonObject parameter) continue;
            if (parameter["$ref"] is not null) kept.Add((JsonNode)parameter);
            else if (isOpenApi3 && operation is not null && parameter["in"]?.ToString() is "body" or "formData") MoveToBody(parameter, operation, key, faults);
            else if (MendOne(parameter, key, isOpenApi3, faults)) kept.Add((JsonNode)parameter);
        }

        owner["parameters"] = kept;
    }

    private static bool MendOne(JsonObject parameter, string key, bool isOpenApi3, FaultList faults)
    {
        var (name, place) = (parameter["name"]?.ToString(), parameter["in"]?.ToString());
        if (string.IsNullOrEmpty(name) || place is not ("path" or "query" or "header" or "cookie" or "body" or "formData"))
        {
            faults.Add($"{key}: a parameter '{name}' in '{place}' is left out.");
            return false;
        }

        if (place == "path") parameter["required"] = true;
        else if (parameter["required"] is { } required && (required as JsonValue)?.TryGetValue(out bool _) is not true) parameter["required"] = required.ToString() == "true";
        if (parameter["schema"] is JsonObject schema)
        {
            SchemaRepair.Mend(schema, $"{key} {name}", faults, depth: 0);
        }
        else if (isOpenApi3 && parameter["content"] is null)
        {
            var moved = new JsonObject();
            foreach (var member in SchemaMembers)
            {
                if (parameter[member] is not { } value) continue;
                parameter.Remove(member);
                moved[member] = value;
            }

            if (moved.Count > 0) faults.Add($"{key}: the parameter '{name}' has its type beside itself rather than in 'schema'.");
            SchemaRepair.Mend(moved, $"{key} {name}", faults, depth: 0);
            parameter["schema"] = moved;
        }
        else if (!isOpenApi3)
        {
            SchemaRepair.Mend(parameter, $"{key} {name}", faults, depth: 0, isParameter: true);
        }

        return true;
    }

    private static void MoveToBody(JsonObject parameter, JsonObject operation, string key, FaultList faults)
    {
        faults.Add($"{key}: a parameter in '{parameter["in"]}' belongs to Swagger 2; it is read as a request body.");
        if (parameter["in"]!.ToString() == "body")
        {
            operation["requestBody"] ??= new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = parameter["schema"]?.DeepClone() ?? new JsonObject() } },
            };
            return;
        }

        const string Form = "application/x-www-form-urlencoded";
        operation["requestBody"] ??= new JsonObject
        {
            ["content"] = new JsonObject { [Form] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() } } },
        };
        if (operation["requestBody"]?["content"]?[Form]?["schema"]?["properties"] is JsonObject properties && parameter["name"] is { } name)
            properties[name.ToString()] = parameter["schema"]?.DeepClone() ?? new JsonObject { ["type"] = parameter["type"]?.DeepClone() ?? "string" };
    }
}
