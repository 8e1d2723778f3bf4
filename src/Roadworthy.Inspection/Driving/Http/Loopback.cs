using System.Net;

namespace Roadworthy.Inspection.Driving;

/// <summary>Only what runs on this machine is driven: requests are made up, data is made and deleted.</summary>
internal static class Loopback
{
    /// <exception cref="InspectionException">The address is not this machine's own loopback.</exception>
    public static Uri Require(Uri target)
    {
        if (target.Scheme is not ("http" or "https"))
            throw new InspectionException($"'{target}' is no HTTP address. Give one such as http://127.0.0.1:3000.");
        if (!IsOwn(target.Host))
            throw new InspectionException($"'{target}' is not on this machine. Only a backend on loopback is inspected, such as http://127.0.0.1:3000: the inspection attacks what it drives.");
        return target;
    }

    /// <summary>Whether a host is this machine's loopback. A name other than localhost may lead anywhere by the time it is used.</summary>
    public static bool IsOwn(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
