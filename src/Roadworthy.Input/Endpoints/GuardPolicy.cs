using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Input.Endpoints;

/// <summary>
/// Puts guarded endpoints in the place of those that routing finds: once, when it builds its table. Where another policy may still exchange
/// endpoints during a request, it does so again after that policy.
/// </summary>
internal sealed class GuardPolicy(GuardedEndpoints guarded, IServiceProvider services) : MatcherPolicy, INodeBuilderPolicy, IEndpointSelectorPolicy
{
    public override int Order => int.MaxValue;

    bool INodeBuilderPolicy.AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        !ContainsDynamicEndpoints(endpoints) && endpoints.Any(endpoint => !ReferenceEquals(guarded.Of(endpoint), endpoint));

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) => [new PolicyNodeEdge("guarded", [.. endpoints.Select(guarded.Of)])];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) => new OnlyEdge(edges[0].Destination);

    bool IEndpointSelectorPolicy.AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return ContainsDynamicEndpoints(endpoints)
            || services.GetServices<MatcherPolicy>().Any(policy => policy is IEndpointSelectorPolicy other && other != this && other.AppliesToEndpoints(endpoints));
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        for (var i = 0; i < candidates.Count; i++)
        {
            // An invalid one too: whoever comes later may make it valid. Replacing keeps its validity.
            var state = candidates[i];
            if (state.Endpoint is not { } endpoint) continue;
            var replacement = guarded.Of(endpoint);
            if (!ReferenceEquals(replacement, endpoint)) candidates.ReplaceEndpoint(i, replacement, state.Values);
        }

        return Task.CompletedTask;
    }

    private sealed class OnlyEdge(int destination) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) => destination;
    }
}
