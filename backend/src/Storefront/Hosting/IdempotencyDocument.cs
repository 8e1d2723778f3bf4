using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Roadworthy.Idempotency;

namespace Storefront.Hosting;

/// <summary>Shows in the OpenAPI document which operations take an Idempotency-Key.</summary>
internal static class IdempotencyDocument
{
    public static OpenApiOptions AddIdempotencyKeys(this OpenApiOptions openApi) => openApi.AddOperationTransformer((operation, context, _) =>
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IdempotencyKeyMetadata>().LastOrDefault() is not { } key) return Task.CompletedTask;
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = "Idempotency-Key",
            In = ParameterLocation.Header,
            Required = key.IsRequired,
            Description = "New for each thing to be done, the same for each try: the answer of the first that was carried out is given again.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
        });
        return Task.CompletedTask;
    });
}
