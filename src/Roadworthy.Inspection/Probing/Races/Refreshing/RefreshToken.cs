using System.Text;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>The token that a refresh is asked with, wherever its request has it: in the body, in a header, in a cookie.</summary>
internal sealed class RefreshToken
{
    private readonly Shot _shot;
    private readonly string? _cookie;

    private RefreshToken(Shot shot, string value, string? cookie) => (_shot, Value, _cookie) = (shot, value, cookie);

    public string Value { get; }

    /// <summary>Null where the request has none that is known.</summary>
    public static RefreshToken? In(Shot shot)
    {
        if (shot.Identity.RefreshToken is { } token && Contains(shot.Request, token)) return new RefreshToken(shot, token, null);
        var (name, value) = shot.Identity.Cookies.FirstOrDefault(cookie => cookie.Key.Contains("refresh", StringComparison.OrdinalIgnoreCase));
        return name is not null && Contains(shot.Request, value) ? new RefreshToken(shot, value, name) : null;
    }

    /// <summary>The same request with another token.</summary>
    public Shot Replaced(string token) => _shot with
    {
        Request = _shot.Request with
        {
            Target = _shot.Request.Target.Replace(Uri.EscapeDataString(Value), Uri.EscapeDataString(token), StringComparison.Ordinal),
            Headers = [.. _shot.Request.Headers.Select(header => new KeyValuePair<string, string>(header.Key, header.Value.Replace(Value, token, StringComparison.Ordinal)))],
            Body = _shot.Request.BodyText is { } text ? Encoding.UTF8.GetBytes(text.Replace(Value, token, StringComparison.Ordinal)) : null,
        },
    };

    /// <summary>The token that an answer gives in its place; null for none.</summary>
    public string? SuccessorIn(Exchange exchange)
    {
        if (!Success.Is(exchange)) return null;
        var tokens = TokenFinder.Find(exchange.Response!);
        return _cookie is null ? tokens.Refresh : tokens.Cookies.GetValueOrDefault(_cookie);
    }

    private static bool Contains(WireRequest request, string token) =>
        request.BodyText?.Contains(token, StringComparison.Ordinal) is true || request.Target.Contains(Uri.EscapeDataString(token), StringComparison.Ordinal)
        || request.Headers.Any(header => header.Value.Contains(token, StringComparison.Ordinal));
}
