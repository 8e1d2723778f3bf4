using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Storefront.Hosting.Conditional;

namespace Storefront.Hosting;

/// <summary>The OpenAPI document, and Scalar to read and try it.</summary>
internal static class ApiDocument
{
    private const string Bearer = "bearer";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(openApi =>
    {
        openApi.CreateSchemaReferenceId = type => type.Type == typeof(IfMatch) || OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : NameOf(Nullable.GetUnderlyingType(type.Type) ?? type.Type);
        openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Storefront";
            document.Info.Description = "Accounts, a catalogue, orders and a dashboard. Failures are problem documents (RFC 9457) with a traceId.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                BearerFormat = "JWT",
                Description = "The accessToken that POST /api/login answers.",
            };
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<IAllowAnonymous>().Any() || !metadata.OfType<IAuthorizeData>().Any()) return Task.CompletedTask;
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            operation.Responses ??= [];
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No access token, or one that is no good." });
            if (metadata.OfType<IAuthorizeData>().Any(decision => decision.Policy is not null))
                operation.Responses.TryAdd("403", new OpenApiResponse { Description = "For administrators." });
            return Task.CompletedTask;
        });
        openApi.AddEntityTags();
        openApi.AddIdempotencyKeys();
    });

    // The name alone is shared by the requests and answers of all slices, and of schemas with one name the document keeps one.
    private static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        if (type.IsGenericType) name += $"Of{string.Concat(type.GenericTypeArguments.Select(NameOf))}";
        return type.DeclaringType is { } slice ? $"{slice.Name.Replace("Api", "", StringComparison.Ordinal)}{name}" : name;
    }

    public static void MapApiDocument(this WebApplication app, StorefrontOptions options)
    {
        if (!(options.ApiDocument ?? app.Environment.IsDevelopment())) return;
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference(scalar =>
        {
            scalar.WithTitle("Storefront API").DisableDefaultFonts().AddPreferredSecuritySchemes(Bearer).DisableAgent();
            scalar.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        }).AllowAnonymous();
    }
}
