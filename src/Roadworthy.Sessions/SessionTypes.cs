using System.Net;

namespace Roadworthy.Sessions;

/// <summary>Who signs in.</summary>
/// <param name="UserId">The user's id as text, whatever its type in the view.</param>
public sealed record SignIn(string UserId)
{
    /// <summary>
    /// The user's stamp that the password was checked with. Where the view says another one, because the password was changed in
    /// the meantime, nobody is signed in. Null, the default: the stamp that the view says.
    /// </summary>
    public string? Stamp { get; init; }

    /// <summary>Who is at the other end.</summary>
    public SessionClient Client { get; init; } = SessionClient.Unknown;
}

/// <summary>What a client gets by signing in or refreshing.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="AccessToken">For the header <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
/// <param name="RefreshToken">For the next refresh; 72 characters.</param>
/// <param name="EndsAt">When the session ends if it is not refreshed.</param>
public sealed record SessionTokens(Guid SessionId, string AccessToken, int ExpiresIn, string RefreshToken, DateTimeOffset EndsAt)
{
    /// <summary>Never the tokens: they may end up in a log.</summary>
    public override string ToString() => $"tokens of session {SessionId}";
}

/// <summary>What a refresh came to.</summary>
/// <param name="Verdict">Which.</param>
/// <param name="Tokens">Null where it was refused.</param>
public sealed record RefreshResult(RefreshVerdict Verdict, SessionTokens? Tokens);

/// <summary>A user's live session.</summary>
/// <param name="Id">Its id; what <c>DELETE /sessions/{id}</c> takes.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="RefreshedAt">The last rotation, or the sign-in.</param>
/// <param name="UserAgent">The client that did that.</param>
/// <param name="Address">Where it was.</param>
/// <param name="EndsAt">When the session ends if it is not refreshed.</param>
public sealed record Session(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset RefreshedAt, string? UserAgent, IPAddress? Address, DateTimeOffset EndsAt);
