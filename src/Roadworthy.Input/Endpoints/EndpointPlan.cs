using Roadworthy.Input.Endpoints.Reading;
using Roadworthy.Input.Endpoints.Values;

namespace Roadworthy.Input.Endpoints;

/// <summary>What an endpoint takes from a request.</summary>
/// <param name="Name">The endpoint, for logs: <c>HTTP: POST /orders</c>.</param>
/// <param name="Parameters">Single values and lists of them: query, route, headers.</param>
/// <param name="Body">Null where it takes no JSON body.</param>
internal sealed record EndpointPlan(string Name, Parameter[] Parameters, BodyGuard? Body)
{
    /// <summary>Those of which only the binder knows whether it can read them.</summary>
    public Parameter[] LeftToBinder { get; } = [.. Parameters.Where(parameter => parameter.IsLeftToBinder)];
}
