using Roadworthy.Console;
using Roadworthy.Sessions;
using Storefront.Accounts;
using Storefront.Pages;

namespace Storefront.Hosting;

/// <summary>The console at <c>/console</c>, for administrators who have signed in on the pages.</summary>
internal static class OperatorsConsole
{
    public const string Path = "/console";
    public const string Policy = "console";

    public static IServiceCollection AddOperatorsConsole(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder().AddPolicy(Policy, SessionPages.Policy(AccountsApi.AdminRole));
        services.AddScoped<IConsoleUsers, OperatorsUsers>();
        return services.AddRoadworthyConsole(console => console.Policy = Policy);
    }

    /// <summary>What fails before the console gets to it is a page as well.</summary>
    public static void MapOperatorsConsole(this WebApplication app) => app.MapRoadworthyConsole(Path).WithMetadata(new PageMarker());
}
