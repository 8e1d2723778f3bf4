using Microsoft.OpenApi;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>What a document says about who is let in.</summary>
internal static class SecurityMapper
{
    public static ApiSecurityScheme Scheme(string name, IOpenApiSecurityScheme scheme)
    {
        var kind = scheme.Type switch
        {
            SecuritySchemeType.Http when string.Equals(scheme.Scheme, "basic", StringComparison.OrdinalIgnoreCase) => SecurityKind.Basic,
            SecuritySchemeType.Http => SecurityKind.Bearer,
            SecuritySchemeType.ApiKey => SecurityKind.ApiKey,
            SecuritySchemeType.OAuth2 => SecurityKind.OAuth2,
            _ => SecurityKind.Other,
        };
        var place = scheme.In switch
        {
            ParameterLocation.Query => ParameterPlace.Query,
            ParameterLocation.Cookie => ParameterPlace.Cookie,
            _ => ParameterPlace.Header,
        };
        var token = scheme.Flows?.Password?.TokenUrl;
        return new ApiSecurityScheme(name, kind, place, scheme.Name, token is null ? null : token.IsAbsoluteUri ? token.AbsolutePath : token.OriginalString);
    }

    public static List<IReadOnlyList<string>>? Requirements(IList<OpenApiSecurityRequirement>? requirements) =>
        requirements is null ? null : [.. requirements.Select(Names).Where(names => names.Count > 0 || requirements.Count > 1)];

    private static List<string> Names(OpenApiSecurityRequirement requirement) => [.. requirement.Keys.Select(scheme => scheme.Reference?.Id).OfType<string>()];
}
