using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Roadworthy.Input.Registration;

/// <summary>A binder that throws can be told from a handler that answers a bare 400.</summary>
internal sealed class ThrowingBinders : IPostConfigureOptions<RouteHandlerOptions>
{
    public void PostConfigure(string? name, RouteHandlerOptions options) => options.ThrowOnBadRequest = true;
}
