using System.Net;

namespace Storefront.Local;

/// <summary>Demo accounts have a password that was printed: they must not be reachable from another machine.</summary>
internal static class Loopback
{
    /// <exception cref="LocalStartException">An address to listen on is not this machine's own.</exception>
    public static void Require(IConfiguration configuration)
    {
        var addresses = new List<string>(configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
        addresses.AddRange(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>());
        foreach (var key in (string[])["http_ports", "https_ports"])
            if (string.IsNullOrEmpty(configuration["urls"]) && configuration[key] is { Length: > 0 } ports) addresses.Add($"http://*:{ports}");
        if (addresses.Find(address => !IsLoopback(address)) is { } open)
        {
            throw new LocalStartException(
                $"'{open}' can be reached from other machines, and the demo accounts must not be. Listen on 127.0.0.1, or leave them out: ./run --no-demo --urls {open}");
        }
    }

    private static bool IsLoopback(string address)
    {
        var host = HostOf(address);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    private static string HostOf(string address)
    {
        try
        {
            return BindingAddress.Parse(address).Host;
        }
        catch (FormatException)
        {
            throw new LocalStartException($"'{address}' is no address to listen on. Write it as in --urls http://127.0.0.1:5080.");
        }
    }
}
