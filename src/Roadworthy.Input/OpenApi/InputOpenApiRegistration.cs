using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Roadworthy.Input.OpenApi;

/// <summary>Registers what describes the guard to others.</summary>
internal static class InputOpenApiRegistration
{
    /// <summary>May be called more than once, and where the application describes nothing.</summary>
    public static IServiceCollection AddInputOpenApi(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<OpenApiOptions>, InputOpenApi>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApiDescriptionProvider, GuardedDescriptions>());
        return services;
    }
}
