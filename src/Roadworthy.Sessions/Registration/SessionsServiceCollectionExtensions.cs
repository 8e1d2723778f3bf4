using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Roadworthy.Sessions;
using Roadworthy.Sessions.AccessTokens;
using Roadworthy.Sessions.Events;
using Roadworthy.Sessions.Keys;
using Roadworthy.Sessions.Pages;
using Roadworthy.Sessions.Refresh;
using Roadworthy.Sessions.Registration;
using Roadworthy.Sessions.Revocation;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Time;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sessions to an application.</summary>
public static class SessionsServiceCollectionExtensions
{
    /// <summary>
    /// Adds sessions: <see cref="SessionManager"/>, bearer authentication by the access tokens that it mints, and for pages <see cref="PageSessions"/> and the
    /// scheme <see cref="SessionPages.Scheme"/>. Map the endpoints with <c>MapRoadworthySessions</c>. Safe to call twice.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options. They are validated when the application starts.</param>
    public static IServiceCollection AddRoadworthySessions(this IServiceCollection services, Action<SessionsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<SessionsOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(SessionManager))) return services;

        services.AddSingleton<IValidateOptions<SessionsOptions>, SessionsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SessionsOptions>>().Value);
        services.AddSingleton<DatabaseClock>();
        AddKeys(services);
        AddStore(services);
        services.AddSingleton(_ => new SessionHistory());
        services.AddSingleton<SessionEvents>();
        services.AddSingleton<RefreshLimits>();
        services.AddSingleton<SessionGate>();
        services.AddSingleton(provider => new SessionManager(
            provider.GetRequiredService<RootKeys>().RefreshKeys, provider.GetRequiredService<SessionStore>(), provider.GetRequiredService<RefreshStatement>(),
            provider.GetRequiredService<RefreshLimits>(), provider.GetRequiredService<AccessTokenMinter>(), provider.GetRequiredService<RevokedSessions>(),
            provider.GetRequiredService<SessionEvents>(), provider.GetRequiredService<DatabaseClock>()));
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(provider => new BearerSetup(
            provider.GetRequiredService<SigningKeyRing>(), provider.GetRequiredService<SessionGate>(), provider.GetRequiredService<SessionsOptions>(),
            provider.GetRequiredService<DatabaseClock>()));
        services.AddSingleton(provider => new PageSessions(
            provider.GetRequiredService<RootKeys>().PageKeys, provider.GetRequiredService<SessionStore>(), new(Source(provider), provider.GetRequiredService<SessionsOptions>()),
            provider.GetRequiredService<SessionsOptions>(), provider.GetRequiredService<RevokedSessions>(), provider.GetRequiredService<SessionEvents>(),
            provider.GetRequiredService<DatabaseClock>(), provider.GetRequiredService<TimeProvider>()));
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, PageAuthentication>(SessionPages.Scheme, configureOptions: null);
        services.AddAuthorization();
        return services;
    }

    private static void AddKeys(IServiceCollection services)
    {
        services.AddSingleton(provider => new RootKeys(provider.GetRequiredService<SessionsOptions>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton(provider => provider.GetRequiredService<RootKeys>().Primary);
        services.AddSingleton(provider => new SigningKeyStore(Source(provider), provider.GetRequiredService<DatabaseClock>()));
        services.AddSingleton(provider => new SigningKeyRing(
            provider.GetRequiredService<SigningKeyStore>(), provider.GetRequiredService<RootKeys>(), provider.GetRequiredService<SessionsOptions>(),
            provider.GetRequiredService<DatabaseClock>(), provider.GetRequiredService<Logging.ILogger<SigningKeyRing>>()));
        services.AddSingleton<AccessTokenMinter>();
        services.AddHostedService<SigningKeyRotation>();
    }

    private static void AddStore(IServiceCollection services)
    {
        services.AddSingleton(provider => new SessionsDatabase(provider.GetRequiredService<SessionsOptions>(), provider));
        services.AddSingleton(provider => new SessionStore(Source(provider), provider.GetRequiredService<SessionsOptions>()));
        services.AddSingleton(provider => new RefreshStatement(Source(provider), provider.GetRequiredService<SessionsOptions>()));
        services.AddSingleton<RevokedSessions>();
        services.AddSingleton<Confirmations>();
        services.AddHostedService(provider => provider.GetRequiredService<Confirmations>());
        services.AddHostedService(provider =>
        {
            // Made here, so that whether revocations are heard is seen before the first event.
            provider.GetRequiredService<SessionEvents>();
            return new RevocationListener(
                Source(provider), provider.GetRequiredService<RevokedSessions>(), provider.GetRequiredService<Logging.ILogger<RevocationListener>>());
        });
        services.AddHostedService<SessionPurge>();
    }

    private static NpgsqlDataSource Source(IServiceProvider provider) => provider.GetRequiredService<SessionsDatabase>().Source;
}
