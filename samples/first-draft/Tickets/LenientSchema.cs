using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FirstDraft.Tickets;

/// <summary>Describes what the lenient converters read: to the schema generator a custom converter says nothing.</summary>
public static class LenientSchema
{
    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (schema.Type is null && Nullable.GetUnderlyingType(type) is { } underlying)
        {
            if (TypeOf(underlying) is { } nullable) schema.Type = nullable | JsonSchemaType.Null;
        }
        else if (schema.Type is null && TypeOf(type) is { } scalar)
        {
            schema.Type = scalar;
        }

        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?)) schema.Format = "date-time";
        return Task.CompletedTask;
    }

    /// <summary>page and limit are read by hand from text, and are whole numbers nevertheless.</summary>
    public static Task DescribePage(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.Where(parameter => parameter.Name is "page" or "limit") ?? [])
        {
            if (parameter.Schema is OpenApiSchema schema) schema.Type = JsonSchemaType.Integer;
        }

        return Task.CompletedTask;
    }

    private static JsonSchemaType? TypeOf(Type type) =>
        type == typeof(int) ? JsonSchemaType.Integer
        : type == typeof(bool) ? JsonSchemaType.Boolean
        : type == typeof(DateTimeOffset) ? JsonSchemaType.String
        : null;
}
