using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Roadworthy.Idempotency.Requests;

/// <summary>A request with a key.</summary>
/// <param name="Scope">Whose key of which route: the same for every retry.</param>
/// <param name="Fingerprint">What was asked for: another one with the same scope is a client's mistake.</param>
/// <param name="Route">For logs: <c>POST /api/orders</c>.</param>
internal sealed record KeyedRequest(byte[] Scope, byte[] Fingerprint, string Route)
{
    /// <summary>What an advisory lock is taken on.</summary>
    public long Lock => BinaryPrimitives.ReadInt64BigEndian(Scope);

    public static KeyedRequest From(HttpContext http, string user, string key, byte[] body)
    {
        var pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path;
        return new(
            Hash(user, http.Request.Method, pattern, key),
            Hash(http.Request.PathBase + http.Request.Path, http.Request.QueryString.Value ?? "", Convert.ToHexString(body)),
            $"{http.Request.Method} {pattern}");
    }

    private static byte[] Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts) hash.Append(part);
        return hash.GetHashAndReset();
    }
}
