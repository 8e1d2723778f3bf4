using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roadworthy.Idempotency;
using Roadworthy.Idempotency.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds idempotency keys to an application that writes through EF Core.</summary>
public static class DbContextIdempotencyServiceCollectionExtensions
{
    /// <summary>
    /// As <c>AddRoadworthyIdempotency</c>, with the transactions of a context in place of Npgsql's own. The handler uses the same scoped context; what it
    /// saves is committed together with the key.
    /// </summary>
    /// <remarks>A handler that begins a transaction of its own has to join the context's <c>CurrentTransaction</c> where there is one.</remarks>
    /// <typeparam name="TContext">The context, on Npgsql's provider.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options. They are validated when the application starts.</param>
    public static IServiceCollection AddRoadworthyIdempotency<TContext>(this IServiceCollection services, Action<IdempotencyOptions>? configure = null)
        where TContext : DbContext
    {
        services.AddRoadworthyIdempotency(configure);
        return services.Replace(ServiceDescriptor.Scoped<IIdempotentTransactions, DbContextTransactions<TContext>>());
    }
}
