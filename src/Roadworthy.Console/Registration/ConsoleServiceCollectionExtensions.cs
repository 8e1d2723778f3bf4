using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roadworthy.Console;
using Roadworthy.Console.Hosting;
using Roadworthy.Console.Registration;
using Roadworthy.Console.Sessions;
using Roadworthy.Queries;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the console to an application.</summary>
public static class ConsoleServiceCollectionExtensions
{
    /// <summary>
    /// Adds what <c>app.MapRoadworthyConsole()</c> needs, and has Roadworthy.Queries, where it is there, keep the latest requests. Safe to call twice.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options, of which <see cref="ConsoleOptions.Policy"/> is required. They are validated when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddRoadworthyConsole(this IServiceCollection services, Action<ConsoleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ConsoleOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConsoleOptions>, ConsoleOptionsValidator>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ConsoleOptions>>().Value);
        services.TryAddSingleton<Reach>();
        services.TryAddScoped<ConsoleView>();
        services.TryAddScoped<UserNames>();
        services.Configure<QueriesOptions>(queries => queries.KeepHistory = true);
        services.AddAntiforgery().AddRazorComponents();
        return services;
    }
}
