using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roadworthy.Sessions.Keys;

namespace Storefront.Tests.Support;

/// <summary>Root keys as an instance has them that is configured with these.</summary>
internal static class Roots
{
    public static RootKeys Of(params byte[][] keys)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddRoadworthySessions(sessions =>
        {
            sessions.RootKey = Convert.ToBase64String(keys[0]);
            foreach (var accepted in keys[1..]) sessions.AcceptedRootKeys.Add(Convert.ToBase64String(accepted));
        });
        using var host = builder.Build();
        return host.Services.GetRequiredService<RootKeys>();
    }
}
