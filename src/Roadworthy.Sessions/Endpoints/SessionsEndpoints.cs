using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Roadworthy.Sessions.AccessTokens;

namespace Roadworthy.Sessions.Endpoints;

/// <summary>Refresh, sign-out, and one's own sessions.</summary>
internal static class SessionsEndpoints
{
    /// <param name="RefreshToken">The one of the last answer. Left out by clients that keep it in the cookie: their body is <c>{}</c>.</param>
    public sealed record RefreshRequest(string? RefreshToken = null);

    public sealed record SessionItem(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset RefreshedAt, DateTimeOffset EndsAt, string? UserAgent, string? Address, bool Current);

    public sealed record SessionList(IReadOnlyList<SessionItem> Items);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/token/refresh", Refresh).AllowAnonymous().WithName("RefreshToken")
            .WithSummary("The session's live refresh token and a new access token. Safe to repeat, and to do twice at once.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/logout", SignOut).AllowAnonymous().WithName("LogOut")
            .WithSummary("Ends this session: that of the refresh token, else that of the access token. Safe to repeat.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/sessions", List).RequireAuthorization().WithName("ListSessions").WithSummary("One's own sessions, the newest first.");
        group.MapDelete("/sessions/{id}", End).RequireAuthorization().WithName("EndSession").WithSummary("Ends one of one's own sessions, on every instance.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/sessions", EndOthers).RequireAuthorization().WithName("EndOtherSessions").WithSummary("Ends all of one's own sessions but this one.");
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> Refresh(
        HttpContext http, SessionManager sessions, SessionsOptions options, RefreshRequest request, CancellationToken cancellationToken)
    {
        var cookie = options.RefreshCookie();
        var byCookie = request.RefreshToken is null;
        var token = request.RefreshToken ?? cookie.Read(http);
        if (token is null) return SessionProblems.NoToken();
        if (byCookie && !cookie.MayBeUsed(http)) return SessionProblems.ForeignSite();
        var result = await sessions.RefreshAsync(token, SessionClient.From(http), cancellationToken);
        return result.Tokens is { } tokens ? TypedResults.Ok(SessionAnswer.For(http, tokens, byCookie)) : SessionProblems.Refused(http, result.Verdict);
    }

    // Nothing that ends a session is given up because its client has left: a page that signs out and is closed has signed out.
    private static async Task<Results<NoContent, ProblemHttpResult>> SignOut(HttpContext http, SessionManager sessions, SessionsOptions options, RefreshRequest request)
    {
        var cookie = options.RefreshCookie();
        if (request.RefreshToken is { } token)
        {
            await sessions.SignOutAsync(token, CancellationToken.None);
            return TypedResults.NoContent();
        }

        if (cookie.Read(http) is { } kept)
        {
            if (!cookie.MayBeUsed(http)) return SessionProblems.ForeignSite();
            cookie.Clear(http);
            if (await sessions.SignOutAsync(kept, CancellationToken.None)) return TypedResults.NoContent();
        }

        // Who has nothing that could be ended is signed out.
        if (SessionGate.Read(http.User) is { } current) await sessions.EndAsync(UserId(http), current.Session, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SessionList>> List(HttpContext http, SessionManager sessions, CancellationToken cancellationToken)
    {
        var current = SessionGate.Read(http.User)?.Session;
        var rows = await sessions.ListAsync(UserId(http), cancellationToken);
        return TypedResults.Ok(new SessionList([.. rows.Select(row => new SessionItem(
            row.Id, row.CreatedAt, row.RefreshedAt, row.EndsAt, row.UserAgent, row.Address?.ToString(), row.Id == current))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(Guid id, HttpContext http, SessionManager sessions) =>
        await sessions.EndAsync(UserId(http), id, CancellationToken.None) ? TypedResults.NoContent() : SessionProblems.NotFound();

    private static async Task<NoContent> EndOthers(HttpContext http, SessionManager sessions)
    {
        if (SessionGate.Read(http.User) is { } current) await sessions.EndOthersAsync(UserId(http), current.Session, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static string UserId(HttpContext http) => http.User.FindFirstValue("sub")
        ?? throw new InvalidOperationException("The signed-in user has no claim 'sub'. Sessions' endpoints take the access tokens of AddRoadworthySessions.");
}
