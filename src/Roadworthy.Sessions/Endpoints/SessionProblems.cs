using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Roadworthy.Sessions.Endpoints;

/// <summary>The refusals, told apart by type (RFC 9457).</summary>
internal static class SessionProblems
{
    public static ProblemHttpResult Refused(HttpContext http, RefreshVerdict verdict)
    {
        http.Response.Headers.CacheControl = "no-store";
        switch (verdict)
        {
            case RefreshVerdict.Expired:
                return Unauthorized("session-expired", "The session is over");
            case RefreshVerdict.Reused:
                return Unauthorized("session-reused", "The session was ended: an old refresh token of it came back", "Somebody may have a copy of it. Sign in again.");
            case RefreshVerdict.Revoked or RefreshVerdict.Disabled or RefreshVerdict.Stale:
                return Unauthorized("session-revoked", "The session was ended");
            case RefreshVerdict.Mismatched:
                return Unauthorized("refresh-token-elsewhere", "The refresh token was used from elsewhere moments ago", "Try again in a few seconds.");
            case RefreshVerdict.TooMany:
                http.Response.Headers.RetryAfter = "10";
                return Problem(StatusCodes.Status429TooManyRequests, "too-many-refreshes", "Too many refreshes of one session", "Wait as long as Retry-After says. An access token is good for minutes.");
            default:
                return Unauthorized("refresh-token-invalid", "The refresh token is none of this service's", "Sign in again.");
        }
    }

    public static ProblemHttpResult NoToken() => Unauthorized("refresh-token-missing", "There is no refresh token in the body, and no cookie with one");

    public static ProblemHttpResult ForeignSite() => Problem(
        StatusCodes.Status403Forbidden, "foreign-site", "The cookie is for pages of this site only", "The page's origin has to be among SessionsOptions.AllowedOrigins.");

    public static ProblemHttpResult NotFound() => Problem(StatusCodes.Status404NotFound, "not-found", "There is no such session");

    private static ProblemHttpResult Unauthorized(string kind, string title, string? detail = null) => Problem(StatusCodes.Status401Unauthorized, kind, title, detail);

    private static ProblemHttpResult Problem(int status, string kind, string title, string? detail = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: $"urn:roadworthy:problem:{kind}");
}
