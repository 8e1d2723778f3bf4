using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Roadworthy.Sessions;

/// <summary>
/// What pages for people ask for who is signed in: a cookie that names a session's row, looked at with every request. An endpoint takes it only where
/// it asks for this scheme; any other takes access tokens, which no other site can make a browser send.
/// </summary>
public static class SessionPages
{
    /// <summary>The authentication scheme of pages. Never the default one.</summary>
    public const string Scheme = "RoadworthyPages";

    /// <summary>The parameter of the query in which the page where one signs in is told where to go on to.</summary>
    public const string ReturnParameter = "returnUrl";

    /// <summary>Where to go on to after signing in: what the request's query says where that is a path of this site, else the fallback.</summary>
    /// <param name="http">The request for the page where one signs in, or of its form.</param>
    /// <param name="fallback">A path of this site.</param>
    public static string ReturnUrl(HttpContext http, string fallback)
    {
        ArgumentNullException.ThrowIfNull(http);
        var asked = http.Request.Query[ReturnParameter].ToString();
        return RedirectHttpResult.IsLocalUrl(asked) && asked[0] == '/' ? asked : fallback;
    }

    /// <summary>A policy for pages: signed in by the cookie, and of a role where one is named.</summary>
    /// <param name="role">What the claim <c>role</c> of the user view has to be; null, the default, for anybody who is signed in.</param>
    public static AuthorizationPolicy Policy(string? role = null)
    {
        var policy = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser();
        return (role is null ? policy : policy.RequireClaim("role", role)).Build();
    }
}
