using System.Text;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>The ways in which a token may have to be shown, the described ones first.</summary>
internal static class ProofStyles
{
    public static IEnumerable<IReadOnlyList<Proof>> For(ApiDescription description, Identity identity, Tokens tokens)
    {
        foreach (var token in tokens.Access)
        {
            foreach (var scheme in description.SecuritySchemes.Values.Where(scheme => scheme is { Kind: SecurityKind.ApiKey, Parameter: not null, Place: not ParameterPlace.Cookie }))
            {
                if (scheme.Place is ParameterPlace.Query) yield return [new Proof(ProofKind.Query, scheme.Parameter!, token)];
                else if (!scheme.Parameter!.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) yield return [new Proof(ProofKind.Header, scheme.Parameter, token)];
            }

            foreach (var prefix in (string[])["Bearer ", "Token ", "JWT ", ""]) yield return [new Proof(ProofKind.Header, "Authorization", prefix + token)];
            foreach (var header in (string[])["x-auth-token", "x-access-token", "token", "auth-token"]) yield return [new Proof(ProofKind.Header, header, token)];
        }

        if (Basic(identity) is { } basic) yield return [basic];
        // Cookies alone, with the header that guards them where there is one.
        if (identity.Cookies.Count > 0) yield return Csrf(identity) is { } guard ? [guard] : [];
    }

    public static Proof? Csrf(Identity identity)
    {
        foreach (var (cookie, header) in ((string, string)[])[("csrftoken", "X-CSRFToken"), ("XSRF-TOKEN", "X-XSRF-TOKEN"), ("csrf_token", "X-CSRF-Token"), ("_csrf", "X-CSRF-Token")])
            if (identity.Cookies.TryGetValue(cookie, out var value)) return new Proof(ProofKind.Header, header, Uri.UnescapeDataString(value));
        return null;
    }

    private static Proof? Basic(Identity identity)
    {
        if (!identity.Credentials.TryGetValue("password", out var password)) return null;
        var name = identity.Credentials.GetValueOrDefault("username") ?? identity.Credentials.GetValueOrDefault("email");
        return name is null ? null : new Proof(ProofKind.Header, "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
    }
}
