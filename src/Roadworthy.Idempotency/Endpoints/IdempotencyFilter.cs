using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Idempotency.Keys;
using Roadworthy.Idempotency.Requests;

namespace Roadworthy.Idempotency.Endpoints;

/// <summary>Stands around the handler: reads the key, and runs the handler once for it.</summary>
internal sealed class IdempotencyFilter(bool isRequired) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var lines = http.Request.Headers[IdempotencyKey.Header];
        var execution = http.RequestServices.GetRequiredService<IdempotentExecution>();
        if (lines.Count > 1) return IdempotencyProblems.Repeated();
        if (string.IsNullOrWhiteSpace(lines))
            return isRequired ? IdempotencyProblems.Missing() : await execution.RunWithoutKeyAsync(http, () => next(context));
        if (!IdempotencyKey.TryParse(lines, out var key)) return IdempotencyProblems.Malformed();

        var user = execution.UserOf(http);
        var body = http.Features.GetRequiredFeature<HashedBody>();
        var request = KeyedRequest.From(http, user, key, await body.FinishAsync(http.RequestAborted));
        return await execution.RunAsync(http, request, () => next(context));
    }
}
