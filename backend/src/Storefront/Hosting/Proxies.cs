using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Storefront.Hosting;

/// <summary>Believes forwarded headers from the named proxies, and from nobody else.</summary>
internal static class Proxies
{
    public static void UseTrustedProxies(this WebApplication app, StorefrontOptions options)
    {
        if (options.TrustedProxies.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        // Through every proxy that is named, and no further.
        forwarded.ForwardLimit = null;
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var text in options.TrustedProxies)
        {
            if (IPAddress.TryParse(text, out var address)) forwarded.KnownProxies.Add(address);
            else forwarded.KnownIPNetworks.Add(IPNetwork.Parse(text));
        }

        app.UseForwardedHeaders(forwarded);
    }
}
