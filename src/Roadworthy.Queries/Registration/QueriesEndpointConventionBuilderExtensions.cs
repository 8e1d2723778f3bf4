using Microsoft.AspNetCore.Http;
using Roadworthy.Queries;
using Roadworthy.Queries.Endpoints;

namespace Microsoft.AspNetCore.Builder;

/// <summary>What endpoints say of their statements.</summary>
public static class QueriesEndpointConventionBuilderExtensions
{
    /// <summary>
    /// How many statements a request may send, what middleware sends for it included; each of a batch counts, BEGIN and COMMIT do not. A request of which a
    /// statement failed is not held to it: what is repeated then is as it should be. What happens to a request that sends more,
    /// <see cref="QueriesOptions.BudgetMode"/> says. What is said last holds: an endpoint's own word after its group's.
    /// </summary>
    /// <param name="builder">An endpoint, or a group of them.</param>
    /// <param name="statements">The most: 0 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 0, or more than 10,000.</exception>
    public static TBuilder WithQueryBudget<TBuilder>(this TBuilder builder, int statements)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentOutOfRangeException.ThrowIfNegative(statements);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statements, 10_000);
        builder.Add(endpoint => endpoint.Metadata.Add(new QueryBudgetMetadata(statements)));
        return builder;
    }

    /// <summary>A GET or HEAD of the endpoint may write: a log of who has read what, a counter of visits.</summary>
    /// <param name="builder">An endpoint, or a group of them.</param>
    public static TBuilder AllowWrites<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new WritesAllowedMetadata()));
        return builder;
    }

    /// <summary>Requests of the endpoint are not kept in <see cref="RequestHistory"/>: probes, and pages that show it.</summary>
    /// <param name="builder">An endpoint, or a group of them.</param>
    public static TBuilder WithoutRequestHistory<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new NoHistoryMetadata()));
        return builder;
    }

    /// <summary>
    /// Counts the items that the handlers return, so that a request which reads many more rows than that is told: a list, or an object with one list among
    /// its properties, as it is or in a typed result. For minimal APIs; what writes its answer by itself is not counted.
    /// </summary>
    /// <param name="builder">An endpoint, or a group of them.</param>
    public static TBuilder CountReturnedItems<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilter(ReturnedItems.CountAsync);
        return builder;
    }
}
