using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Roadworthy.Input.Endpoints;

/// <summary>Tells a developer which members of a body nobody reads: mostly names that were misspelt.</summary>
internal sealed class UnknownMembers(IServiceProvider services, ILogger<EndpointGuard> logger)
{
    private readonly bool _isDevelopment = services.GetService<IHostEnvironment>()?.IsDevelopment() == true;

    /// <summary>Null where nobody asks.</summary>
    public List<string>? NewList() => _isDevelopment && logger.IsEnabled(LogLevel.Information) ? [] : null;

    public void Tell(HttpContext http, List<string>? pointers)
    {
        if (pointers is { Count: > 0 }) Log.UnknownMembers(logger, http.Request.Method, http.GetEndpoint()?.DisplayName, KeyList.Of(pointers));
    }
}
