using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Roadworthy.Idempotency;
using Roadworthy.Idempotency.Endpoints;
using Roadworthy.Idempotency.Requests;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Makes endpoints idempotent.</summary>
public static class IdempotencyEndpointConventionBuilderExtensions
{
    /// <summary>A request with an <c>Idempotency-Key</c> is carried out once; one without, as often as it comes.</summary>
    /// <remarks>
    /// For minimal-API endpoints and groups of them; what is said last holds. Filters that are added after this one run inside the transaction.
    /// </remarks>
    public static TBuilder WithIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => Add(endpoint, isRequired: false);

    /// <summary>As <see cref="WithIdempotencyKey"/>; a request without a key is refused with 400.</summary>
    public static TBuilder RequireIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => Add(endpoint, isRequired: true);

    private static TBuilder Add<TBuilder>(TBuilder endpoint, bool isRequired)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.AddEndpointFilter(new IdempotencyFilter());
        endpoint.Add(builder =>
        {
            builder.Metadata.Add(new IdempotencyKeyMetadata(isRequired));
            builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status409Conflict, typeof(ProblemDetails), ["application/problem+json"]));
            builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status422UnprocessableEntity, typeof(ProblemDetails), ["application/problem+json"]));
            // Before the binder, which reads the body before any filter runs.
            if (builder.RequestDelegate is { } inner) builder.RequestDelegate = http => HashedBody.IsNeeded(http) ? HashedBody.RunAsync(http, inner) : inner(http);
        });
        return endpoint;
    }
}
