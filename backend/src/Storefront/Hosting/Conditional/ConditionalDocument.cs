using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Storefront.Hosting.Conditional;

/// <summary>Shows entity tags and conditions in the OpenAPI document.</summary>
internal static class ConditionalDocument
{
    public static OpenApiOptions AddEntityTags(this OpenApiOptions openApi) => openApi.AddOperationTransformer((operation, context, _) =>
    {
        foreach (var condition in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.Name is IfMatch.Header))
        {
            condition.Description = "The ETag of the version that the change is meant for; * for whatever is there.";
            condition.Schema = Text();
        }

        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<VersionedMetadata>().Any()) return Task.CompletedTask;
        operation.Responses ??= [];
        if (operation.Responses.GetValueOrDefault("200") is OpenApiResponse good)
        {
            good.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            good.Headers["ETag"] = new OpenApiHeader { Description = "The version of what is answered.", Schema = Text() };
        }

        if (context.Description.HttpMethod != HttpMethods.Get) return Task.CompletedTask;
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = "If-None-Match",
            In = ParameterLocation.Header,
            Description = "The ETag of the version that is known already.",
            Schema = Text(),
        });
        operation.Responses["304"] = new OpenApiResponse { Description = "The version that If-None-Match names is the present one." };
        return Task.CompletedTask;
    });

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
