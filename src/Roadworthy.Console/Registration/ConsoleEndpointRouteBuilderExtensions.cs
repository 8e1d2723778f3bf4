using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Roadworthy.Console;
using Roadworthy.Console.Errors;
using Roadworthy.Console.Hosting;
using Roadworthy.Console.Overview;
using Roadworthy.Console.Requests;
using Roadworthy.Console.Sessions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the console.</summary>
public static class ConsoleEndpointRouteBuilderExtensions
{
    /// <summary>Maps the console's pages, forms and files below a prefix, all of them closed to whoever does not meet <see cref="ConsoleOptions.Policy"/>.</summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="prefix">The path before them; <c>/console</c> by default.</param>
    /// <returns>The group, for conventions of one's own. <c>AllowAnonymous</c> would open it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    /// <exception cref="InvalidOperationException">AddRoadworthyConsole was not called, or there is no such policy.</exception>
    /// <exception cref="OptionsValidationException">The options have faults, such as no policy.</exception>
    public static RouteGroupBuilder MapRoadworthyConsole(this IEndpointRouteBuilder endpoints, string prefix = "/console")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(Reach)) != true)
            throw new InvalidOperationException("MapRoadworthyConsole found none of its services. Call builder.Services.AddRoadworthyConsole(...) before builder.Build().");

        var policy = endpoints.ServiceProvider.GetRequiredService<IOptions<ConsoleOptions>>().Value.Policy!;
        RequirePolicy(endpoints.ServiceProvider, policy);
        var console = endpoints.MapGroup(prefix);
        console.RequireAuthorization(policy).ExcludeFromDescription().DisableHttpMetrics().WithoutRequestHistory();
        console.MapGet("/assets/{file}", (string file, HttpContext http) => ConsoleFiles.Serve(file, http));
        var pages = console.MapGroup("").AddEndpointFilter(new ConsoleFilter());
        OverviewPages.Map(pages);
        RequestPages.Map(pages);
        ErrorPages.Map(pages);
        SessionsPages.Map(pages);
        return console;
    }

    private static void RequirePolicy(IServiceProvider services, string policy)
    {
        if (services.GetService<IAuthorizationPolicyProvider>() is not { } policies)
            throw new InvalidOperationException("The console needs authorization. Call builder.Services.AddAuthorization() with the policy that ConsoleOptions.Policy names.");
        if (policies.GetPolicyAsync(policy).GetAwaiter().GetResult() is null)
            throw new InvalidOperationException($"ConsoleOptions.Policy is '{policy}', and there is no such policy. Add it with AddAuthorizationBuilder().AddPolicy(\"{policy}\", ...), or name one that there is.");
    }
}
