using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>Mends what real documents get wrong and the reader would refuse or lose. Every mend is told as a fault.</summary>
internal static class TreeRepair
{
    public static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public static void Mend(JsonObject tree, FaultList faults)
    {
        MendVersion(tree, faults);
        if (tree["info"] is not JsonObject) tree["info"] = new JsonObject { ["title"] = "", ["version"] = "" };
        if (tree["openapi"] is not null) MoveDefinitions(tree, faults);
        MendSchemas(tree["definitions"], faults);
        MendSchemas((tree["components"] as JsonObject)?["schemas"], faults);
        ReferenceLoops.Break(tree, faults);
        MendPaths((JsonObject)tree["paths"]!, tree["swagger"] is null, faults);
    }

    private static void MendVersion(JsonObject tree, FaultList faults)
    {
        var (openApi, swagger) = (tree["openapi"]?.ToString(), tree["swagger"]?.ToString());
        if (swagger is not null && openApi is null && !swagger.StartsWith('3')) tree["swagger"] = "2.0";
        else if (openApi is null && swagger is null && (tree["definitions"] is not null || tree["basePath"] is not null)) tree["swagger"] = "2.0";
        else
        {
            tree.Remove("swagger");
            tree["openapi"] = openApi?.Split('.') is ["3", "1" or "2", ..] ? openApi : "3.0.3";
            if (openApi is null || !openApi.StartsWith('3')) faults.Add($"The version '{openApi ?? swagger}' is unknown; the document is read as OpenAPI 3.0.");
        }
    }

    private static void MoveDefinitions(JsonObject tree, FaultList faults)
    {
        if (tree["definitions"] is not JsonObject definitions) return;
        faults.Add("'definitions' belongs to Swagger 2; it is read as 'components/schemas'.");
        if (tree["components"] is not JsonObject components) tree["components"] = components = [];
        if (components["schemas"] is not JsonObject schemas) components["schemas"] = schemas = [];
        foreach (var (name, schema) in definitions) schemas.TryAdd(name, schema?.DeepClone());
        tree.Remove("definitions");
        References.Rename(tree, "#/definitions/", "#/components/schemas/");
    }

    private static void MendSchemas(JsonNode? schemas, FaultList faults)
    {
        if (schemas is not JsonObject all) return;
        foreach (var name in all.Where(schema => schema.Value is not JsonObject).Select(schema => schema.Key).ToList())
        {
            faults.Add($"The schema '{name}' is no object and is left out.");
            all.Remove(name);
        }

        foreach (var (name, schema) in all) SchemaRepair.Mend((JsonObject)schema!, name, faults, depth: 0);
    }

    private static void MendPaths(JsonObject paths, bool isOpenApi3, FaultList faults)
    {
        foreach (var (path, item) in paths.ToList())
        {
            if (item is not JsonObject operations || path.StartsWith("x-", StringComparison.Ordinal))
            {
                if (!path.StartsWith("x-", StringComparison.Ordinal)) faults.Add($"'{path}' is no object and is left out.");
                paths.Remove(path);
                continue;
            }

            if (!path.StartsWith('/'))
            {
                faults.Add($"The path '{path}' does not begin with a slash.");
                paths.Remove(path);
                if (paths.ContainsKey("/" + path)) continue;
                paths["/" + path] = operations;
            }

            foreach (var (name, member) in operations.ToList())
            {
                if (name.ToLowerInvariant() is var method && Methods.Contains(method, StringComparer.Ordinal) && name != method)
                {
                    operations.Remove(name);
                    operations.TryAdd(method, member);
                }

                if (!Methods.Contains(method, StringComparer.Ordinal)) continue;
                if (member is JsonObject operation) OperationRepair.Mend(operation, $"{method.ToUpperInvariant()} {path}", isOpenApi3, faults);
                else operations.Remove(method);
            }

            ParameterRepair.Mend(operations, null, path, isOpenApi3, faults);
        }
    }
}
