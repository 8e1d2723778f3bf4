using System.Net;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Sessions;

/// <summary>Who is at the other end, for the user's list of sessions and for events.</summary>
/// <param name="Address">Where the request came from; null where that is not known.</param>
/// <param name="UserAgent">The client that it names; null where it names none. Longer ones are cut to 256 characters.</param>
public sealed record SessionClient(IPAddress? Address, string? UserAgent)
{
    private const int MaxUserAgentLength = 256;

    /// <summary>Nobody in particular.</summary>
    public static SessionClient Unknown { get; } = new(null, null);

    /// <summary>The client that the database stores: an address in its shortest family, a text that PostgreSQL takes.</summary>
    internal SessionClient Stored => new(
        Address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : WithoutScope(Address),
        UserAgent is null ? null : Cut(UserAgent));

    /// <summary>The client of a request. The address is the connection's: put trusted proxies' forwarded headers before this.</summary>
    public static SessionClient From(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return new(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null);
    }

    // A lone surrogate can't be encoded, and a NUL can't be stored.
    private static string Cut(string text)
    {
        var kept = text.Length <= MaxUserAgentLength ? text : text[..MaxUserAgentLength];
        return new([.. kept.Where(character => character != '\0' && !char.IsSurrogate(character))]);
    }

    private static IPAddress? WithoutScope(IPAddress? address) =>
        address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new(address.GetAddressBytes()) : address;
}
