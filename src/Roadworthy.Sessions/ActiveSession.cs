using System.Net;

namespace Roadworthy.Sessions;

/// <summary>A live session of anybody's, for an administrator.</summary>
/// <param name="Id">Its id; what <see cref="SessionManager.EndAsync(Guid, CancellationToken)"/> takes.</param>
/// <param name="UserId">Whose it is, as text.</param>
/// <param name="Claims">What the user view says of them, a JSON object; null where it says nothing.</param>
/// <param name="Page">Whether it is a browser's that signed in on a page; else it has tokens.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="RefreshedAt">The last rotation, or the sign-in. Of a page's session: when its idle end was last put off, within five minutes of its last use.</param>
/// <param name="EndsAt">When the session ends if it is not used.</param>
/// <param name="UserAgent">The client, as it names itself.</param>
/// <param name="Address">Where it was.</param>
/// <param name="Generation">Of the live refresh token: one more than there were rotations.</param>
/// <param name="Heals">Answers that were lost and given again, since the last rotation that needed none.</param>
public sealed record ActiveSession(
    Guid Id, string UserId, string? Claims, bool Page, DateTimeOffset CreatedAt, DateTimeOffset RefreshedAt, DateTimeOffset EndsAt,
    string? UserAgent, IPAddress? Address, long Generation, int Heals);

/// <summary>Live sessions, the newest first.</summary>
/// <param name="Items">Those of this page.</param>
/// <param name="Next">What to pass as <c>after</c> for those behind them; null on the last page.</param>
public sealed record ActiveSessions(IReadOnlyList<ActiveSession> Items, Guid? Next);
