using System.Net;

namespace Roadworthy.Sessions.Events;

/// <summary>What sessions log, with its ids. docs/guides/sessions.md says what to do about each.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(3001, LogLevel.Information, "Session {SessionId} of user {UserId} began")]
    public static partial void SignedIn(this ILogger log, Guid sessionId, string? userId);

    [LoggerMessage(3002, LogLevel.Debug, "Session {SessionId} of user {UserId} rotated to generation {Generation}")]
    public static partial void Rotated(this ILogger log, Guid sessionId, string? userId, long generation);

    [LoggerMessage(3003, LogLevel.Debug, "Session {SessionId} of user {UserId}: generation {Generation} was answered again, a race or a quick retry")]
    public static partial void Replayed(this ILogger log, Guid sessionId, string? userId, long generation);

    [LoggerMessage(3004, LogLevel.Warning, "Session {SessionId} of user {UserId}: generation {Generation} was answered again to another client than it was made for, {Address} {UserAgent}: a phone that changed networks, or a thief")]
    public static partial void ReplayedByAnother(this ILogger log, Guid sessionId, string? userId, long generation, IPAddress? address, string? userAgent);

    [LoggerMessage(3005, LogLevel.Information, "Session {SessionId} of user {UserId}: the answer with generation {Generation} was lost and was given again, to {Address}")]
    public static partial void Healed(this ILogger log, Guid sessionId, string? userId, long generation, IPAddress? address);

    [LoggerMessage(3006, LogLevel.Warning, "Session {SessionId} of user {UserId}: the database had forgotten generation {Presented} and goes on at {Generation}. It went back in time: failover, restore or crash")]
    public static partial void RolledForward(this ILogger log, Guid sessionId, string? userId, long presented, long generation);

    [LoggerMessage(3007, LogLevel.Warning, "Session {SessionId} of user {UserId} was revoked: generation {Presented} came back when {Generation} was live, from {Address} {UserAgent}. Somebody has a copy of the token")]
    public static partial void Reused(this ILogger log, Guid sessionId, string? userId, long presented, long generation, IPAddress? address, string? userAgent);

    [LoggerMessage(3008, LogLevel.Critical, "A refresh token for session {SessionId} has a right seal and a wrong secret, from {Address}: somebody has the root key. Change it now, and end every session")]
    public static partial void WrongSecret(this ILogger log, Guid sessionId, IPAddress? address);

    [LoggerMessage(3009, LogLevel.Information, "Session {SessionId} of user {UserId} was ended")]
    public static partial void Revoked(this ILogger log, Guid sessionId, string? userId);

    [LoggerMessage(3010, LogLevel.Error, "SessionsOptions.OnEvent threw at {Kind} of session {SessionId}; the answer is not affected")]
    public static partial void CallbackFailed(this ILogger log, Exception error, SessionEventKind kind, Guid sessionId);

    [LoggerMessage(3011, LogLevel.Warning, "Revocations are not heard: each request asks for its session's row until the connection is back")]
    public static partial void ListeningStopped(this ILogger log, Exception error);

    [LoggerMessage(3012, LogLevel.Information, "Revocations are heard again")]
    public static partial void ListeningAgain(this ILogger log);

    [LoggerMessage(3013, LogLevel.Warning, "The first uses of {Count} access tokens could not be recorded; tried again in a second")]
    public static partial void ConfirmationsFailed(this ILogger log, Exception error, int count);

    [LoggerMessage(3014, LogLevel.Warning, "Old sessions could not be purged; tried again in an hour")]
    public static partial void PurgeFailed(this ILogger log, Exception error);

    [LoggerMessage(3015, LogLevel.Information, "{Count} sessions that are over were purged")]
    public static partial void Purged(this ILogger log, int count);

    [LoggerMessage(3016, LogLevel.Information, "Signing key {KeyId} made; it signs from {SignsFrom:O}")]
    public static partial void SigningKeyCreated(this ILogger log, string keyId, DateTimeOffset signsFrom);

    [LoggerMessage(3017, LogLevel.Warning, "Signing keys could not be looked at again; the loaded ones go on serving")]
    public static partial void SigningKeysNotRefreshed(this ILogger log, Exception error);
}
