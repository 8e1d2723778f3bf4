using Microsoft.AspNetCore.Http;

namespace Roadworthy.Sessions;

/// <summary>What sessions hold to. Validated when the application starts; every fault is told at once.</summary>
public sealed class SessionsOptions
{
    /// <summary>The key of a registered data source that is for sessions only.</summary>
    public const string DataSourceKey = "roadworthy-sessions";

    /// <summary>
    /// The secret that all keys come from: 32 random bytes as base64 (<c>openssl rand -base64 32</c>), the same on every instance, in
    /// configuration only. No default. Goes before <see cref="RootKeyFile"/>.
    /// </summary>
    public string? RootKey { get; set; }

    /// <summary>A file that holds the root key. In development it is made, readable to its owner only, where it is missing.</summary>
    public string? RootKeyFile { get; set; }

    /// <summary>What the configuration calls the root key, for messages. Default <c>Sessions:RootKey</c>.</summary>
    public string RootKeySetting { get; set; } = "Sessions:RootKey";

    /// <summary>
    /// The database of the sessions, for a pool of their own. Null, the default: the registered data source with the key
    /// <see cref="DataSourceKey"/>, else the one without a key. It should have <c>No Reset On Close=true</c>, so that a refresh is one
    /// statement, and a connection to spare: each instance listens on one.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Further root keys whose tokens and sealed keys are taken, but that make none: the next one, before every instance has it,
    /// and the one before, until its tokens have run out. None by default.
    /// </summary>
    public IList<string> AcceptedRootKeys { get; } = [];

    /// <summary>Who issues the access tokens and whom they are for (<c>iss</c>, <c>aud</c>). Default <c>roadworthy</c>.</summary>
    public string Issuer { get; set; } = "roadworthy";

    /// <summary>How long an access token is good for: 1 minute to 1 hour, 15 minutes by default.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Access tokens of which one instance remembers, for each signing key, that their signature is good: verifying it is most of what a request with
    /// one costs. Everything else of a token is judged with each request. 0 to 1,000,000, some 100 bytes each, 10,000 by default; 0 remembers none.
    /// </summary>
    public int VerifiedTokens { get; set; } = 10_000;

    /// <summary>
    /// How long after a rotation the token before it is answered with the live one: what races and quick retries need. 1 second to
    /// 1 minute, 10 seconds by default. A thief who replays within it stays hidden, without a branch of his own.
    /// </summary>
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long after a rotation a client that never got its answer may still present the token before it. 0 to 30 days, 24 hours by
    /// default. 0 where other services verify access tokens by themselves: then nobody here knows whether the successor was used.
    /// </summary>
    public TimeSpan HealHorizon { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Answers that one session may lose in a row, without a confirmed rotation in between, before it counts as stolen. 0 to 10, 3 by
    /// default.
    /// </summary>
    public int MaxHeals { get; set; } = 3;

    /// <summary>How long a session lives without a refresh: from the access token's lifetime to the absolute one, 14 days by default.</summary>
    public TimeSpan IdleLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a session lives at most, refreshed or not: up to 10 years, 90 days by default.</summary>
    public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Whether a replay is refused that comes from another address or with another User-Agent than the rotation did. False by
    /// default: a phone that changes networks in the middle of a refresh would be signed out. Either way the event says so.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// Whether a rotation waits for the disk (<c>synchronous_commit</c>). True by default. Where false, a crash of PostgreSQL may undo the last
    /// rotations, which the next refresh rolls forward; sign-in, sign-out and revocations wait all the same. A replay, which writes nothing, never waits.
    /// </summary>
    public bool WaitForDisk { get; set; } = true;

    /// <summary>Refreshes that one session may make a minute on one instance: 10 to 100,000, 600 by default. What exceeds it is answered with 429.</summary>
    public int RefreshesPerMinute { get; set; } = 600;

    /// <summary>
    /// The type of the user's id in the view: decides the type of <c>sessions.user_id</c>, so that the join needs no cast and finds its
    /// index. <see cref="UserIdType.Uuid"/> by default; fixed once the table is made.
    /// </summary>
    public UserIdType UserIdType { get; set; } = UserIdType.Uuid;

    /// <summary>
    /// The view through which the refresh reads users: <c>id</c>, <c>disabled boolean</c>, <c>stamp text</c> (null, or what changes with the
    /// password: a session of another stamp is refused) and <c>claims jsonb</c> (what the access token says of the user). Default
    /// <c>roadworthy.session_users</c>; made by the application.
    /// </summary>
    public string UserView { get; set; } = "roadworthy.session_users";

    /// <summary>The cookie that holds the refresh token of clients that asked for one. Default <c>__Host-refresh</c>.</summary>
    public string CookieName { get; set; } = "__Host-refresh";

    /// <summary>
    /// Origins, such as <c>https://app.example.com</c>, whose pages may refresh by cookie besides the backend's own. None by
    /// default. Of the same site (registrable domain) only, since the cookie is SameSite=Lax; and the application has to allow them by CORS, with credentials.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// The cookie of sessions on pages. Default <c>__Host-session</c>. Over plain HTTP on this machine, where that prefix can't be kept to, it is called
    /// <c>session-5080</c>, by the port; plain HTTP to anywhere else keeps nobody signed in.
    /// </summary>
    public string PageCookieName { get; set; } = "__Host-session";

    /// <summary>
    /// The page where one signs in: whoever asks for a page without being signed in is sent there, with where to go on to in the query
    /// (<see cref="SessionPages.ReturnUrl"/>). Default <c>/login</c>; made by the application.
    /// </summary>
    public string PageLoginPath { get; set; } = "/login";

    /// <summary>
    /// How long somebody whom the database has confirmed may go on reading pages (GET and HEAD) while it can't be asked: zero to a day, an hour by default; zero
    /// is never. What was ended elsewhere meanwhile, where only this instance is cut off, can be read with until then. At most 1,000 sessions are remembered.
    /// </summary>
    public TimeSpan PageOutageGrace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Writes the page for who is signed in but may not see what was asked for; its status, 403, is set. Null, the default: a plain page that says so.
    /// </summary>
    public Func<HttpContext, Task>? OnPageForbidden { get; set; }

    /// <summary>
    /// Is told of every event, after it happened and before the answer leaves. What it throws is logged and changes nothing. None by
    /// default.
    /// </summary>
    public Func<SessionEvent, CancellationToken, ValueTask>? OnEvent { get; set; }
}

/// <summary>The type of a user's id.</summary>
public enum UserIdType
{
    /// <summary><c>uuid</c>.</summary>
    Uuid,

    /// <summary><c>bigint</c>.</summary>
    Bigint,

    /// <summary><c>integer</c>.</summary>
#pragma warning disable CA1720 // PostgreSQL's name of it.
    Integer,
#pragma warning restore CA1720

    /// <summary><c>text</c>.</summary>
    Text,
}
