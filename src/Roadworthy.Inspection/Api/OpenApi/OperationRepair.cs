using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>The part of <see cref="TreeRepair"/> that is about one operation.</summary>
internal static class OperationRepair
{
    public static void Mend(JsonObject operation, string key, bool isOpenApi3, FaultList faults)
    {
        ParameterRepair.Mend(operation, operation, key, isOpenApi3, faults);
        if (operation["responses"] is not JsonObject responses)
        {
            operation["responses"] = new JsonObject { ["default"] = new JsonObject { ["description"] = "" } };
        }
        else
        {
            foreach (var status in responses.Where(response => response.Value is not JsonObject && !response.Key.StartsWith("x-", StringComparison.Ordinal)).Select(response => response.Key).ToList())
            {
                faults.Add($"{key}: the response '{status}' is no object and is left out.");
                responses.Remove(status);
            }

            foreach (var (_, response) in responses) MendContent(response as JsonObject, key, faults);
        }

        if (operation["tags"] is JsonArray tags) operation["tags"] = new JsonArray([.. tags.OfType<JsonValue>().Select(tag => JsonValue.Create(tag.ToString()))]);
        else operation.Remove("tags");
        if (operation["requestBody"] is JsonObject body)
        {
            // Written as a bare schema, or as its media types without 'content'.
            if (body["content"] is not JsonObject && body["$ref"] is null)
            {
                faults.Add($"{key}: the request body has no 'content'.");
                var schema = (body["schema"] ?? (body["properties"] is not null ? body : null))?.DeepClone();
                operation["requestBody"] = body = new JsonObject
                {
                    ["required"] = true,
                    ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schema ?? new JsonObject() } },
                };
            }

            MendContent(body, key, faults);
        }
        else
        {
            operation.Remove("requestBody");
        }

        if (operation["security"] is not JsonArray) operation.Remove("security");
    }

    private static void MendContent(JsonObject? owner, string key, FaultList faults)
    {
        if (owner?["schema"] is JsonObject direct) SchemaRepair.Mend(direct, key, faults, depth: 0);
        if (owner?["content"] is not JsonObject content)
        {
            owner?.Remove("content");
            return;
        }

        foreach (var (type, media) in content.ToList())
        {
            if (media is not JsonObject of) content[type] = new JsonObject();
            else if (of["schema"] is JsonObject schema) SchemaRepair.Mend(schema, key, faults, depth: 0);
            else of.Remove("schema");
        }
    }
}
