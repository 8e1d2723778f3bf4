using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Roadworthy.Idempotency;
using Roadworthy.Idempotency.Endpoints;
using Roadworthy.Idempotency.Events;
using Roadworthy.Idempotency.Registration;
using Roadworthy.Idempotency.Store;
using Roadworthy.Idempotency.Transactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds idempotency keys to an application.</summary>
public static class IdempotencyServiceCollectionExtensions
{
    /// <summary>
    /// Adds what <c>WithIdempotencyKey</c> and <c>RequireIdempotencyKey</c> need. The application registers its <see cref="NpgsqlDataSource"/>; handlers
    /// write in <see cref="IdempotentTransaction"/>. Safe to call twice.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options. They are validated when the application starts.</param>
    public static IServiceCollection AddRoadworthyIdempotency(this IServiceCollection services, Action<IdempotencyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<IdempotencyOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.AddLogging().AddMetrics().AddProblemDetails();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IdempotencyOptions>, IdempotencyOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<IdempotencyOptions>>().Value);
        services.TryAddSingleton<IdempotencyEvents>();
        services.TryAddScoped<IdempotentTransaction>();
        services.TryAddScoped<IIdempotentTransactions>(provider => new NpgsqlTransactions(Source(provider), provider.GetRequiredService<IdempotentTransaction>()));
        services.TryAddScoped<IdempotentExecution>();
        if (services.Any(service => service.ServiceType == typeof(KeyPurge))) return services;
        services.AddSingleton(provider => new KeyPurge(
            Source(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Logging.ILogger<KeyPurge>>()));
        services.AddHostedService(provider => provider.GetRequiredService<KeyPurge>());
        return services;
    }

    private static NpgsqlDataSource Source(IServiceProvider provider) => provider.GetService<NpgsqlDataSource>() ?? throw new InvalidOperationException(
        "Idempotency keys have no database: register an NpgsqlDataSource, services.AddSingleton(NpgsqlDataSource.Create(connectionString)).");
}
