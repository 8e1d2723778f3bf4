using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Idempotency.Keys;
using Roadworthy.Idempotency.Requests;

namespace Roadworthy.Idempotency.Endpoints;

/// <summary>Stands around the handler: reads the key, and runs the handler once for it.</summary>
internal sealed class IdempotencyFilter : IEndpointFilter
{
    private static readonly object Inside = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // A group's filter and one of its endpoints': the outer has the transaction, and would be what the inner one collides with.
        if (!http.Items.TryAdd(Inside, null)) return await next(context);
        var lines = http.Request.Headers[IdempotencyKey.Header];
        var execution = http.RequestServices.GetRequiredService<IdempotentExecution>();
        if (lines.Count > 1) return IdempotencyProblems.Repeated();
        if (lines.Count == 0) return IsRequired(http) ? IdempotencyProblems.Missing() : await execution.RunWithoutKeyAsync(http, () => next(context));
        if (!IdempotencyKey.TryParse(lines, out var key)) return IdempotencyProblems.Malformed();

        var user = execution.UserOf(http);
        var body = http.Features.GetRequiredFeature<HashedBody>();
        var request = KeyedRequest.From(http, user, key, await body.FinishAsync(http));
        return await execution.RunAsync(
            http, request,
            () =>
            {
                body.Rewind();
                return next(context);
            });
    }

    // What is said last holds: the endpoint's own word after its group's.
    private static bool IsRequired(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IdempotencyKeyMetadata>()?.IsRequired ?? false;
}
