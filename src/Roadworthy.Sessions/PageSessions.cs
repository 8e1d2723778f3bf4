using Microsoft.AspNetCore.Http;
using Npgsql;
using Roadworthy.Sessions.Events;
using Roadworthy.Sessions.Pages;
using Roadworthy.Sessions.Revocation;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Time;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions;

/// <summary>
/// Signs browsers in and out on pages: by a cookie of <see cref="SessionPages.Scheme"/>, in place of tokens. A singleton; every method may be called
/// concurrently.
/// </summary>
public sealed class PageSessions
{
    private readonly RefreshKeys _keys;
    private readonly SessionStore _store;
    private readonly PageStatement _statement;
    private readonly PageCookie _cookie;
    private readonly SessionsOptions _options;
    private readonly RevokedSessions _revoked;
    private readonly SessionEvents _events;
    private readonly DatabaseClock _clock;
    private readonly SeenPages _seen;

    internal PageSessions(
        RefreshKeys keys, SessionStore store, PageStatement statement, SessionsOptions options, RevokedSessions revoked, SessionEvents events, DatabaseClock clock, TimeProvider time)
    {
        (_keys, _store, _statement, _cookie, _options, _revoked, _events, _clock) = (keys, store, statement, new(options), options, revoked, events, clock);
        _seen = new(options, time);
    }

    /// <summary>
    /// Begins a session for somebody whose password, or whatever else, was checked, and gives the answer its cookie. The session of the cookie that the
    /// browser came with is ended: who signs in anew is somebody new.
    /// </summary>
    /// <param name="http">The request that is answered. Its answer must not have begun.</param>
    /// <param name="signIn">Who.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The session; null where the user is disabled, gone, or has another stamp by now.</returns>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public async Task<Guid?> SignInAsync(HttpContext http, SignIn signIn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(signIn);
        var token = SealedToken.Create(Guid.CreateVersion7(_clock.GetUtcNow()));
        if (await _store.SignInAsync(token, signIn, transaction: null, cancellationToken, page: true) is not { } row) return null;
        if (Open(http) is { } former) await EndAsync(former);
        _cookie.Append(http, token.Seal(_keys), row.Now + _options.AbsoluteLifetime);
        await TellAsync(SessionEventKind.SignedIn, token.Session, signIn.UserId, signIn.Client, cancellationToken);
        return token.Session;
    }

    /// <summary>Ends the session of the request's cookie, whoever leaves before the answer, and takes the cookie back. May be repeated.</summary>
    /// <param name="http">The request that is answered. Its answer must not have begun.</param>
    /// <exception cref="NpgsqlException">The database can't be reached: nobody was signed out.</exception>
    public async Task SignOutAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (Open(http) is { } token) await EndAsync(token);
        _cookie.Clear(http);
    }

    /// <summary>Whose session a request's cookie is of.</summary>
    /// <returns>Null where there is no cookie, or none of a live session.</returns>
    /// <exception cref="NpgsqlException">The database can't be reached, and nobody was seen lately who only reads.</exception>
    internal async Task<(Guid Session, PageRow Row)?> FindAsync(HttpContext http)
    {
        if (Open(http) is not { } token) return null;
        if (await LookAsync(http, token) is not { } row) return null;
        if (row.IsRight) return (token.Session, row);
        // A right seal around another secret: only who has the key can make that.
        await TellAsync(SessionEventKind.WrongSecret, token.Session, row.UserId, SessionClient.From(http), http.RequestAborted);
        return null;
    }

    private async Task<PageRow?> LookAsync(HttpContext http, SealedToken token)
    {
        try
        {
            var row = await _statement.ExecuteAsync(token, http.RequestAborted);
            if (row is { IsRight: true }) _seen.Remember(token, row);
            else if (row is null) _seen.Forget(token.Session);
            return row;
        }
        catch (NpgsqlException error) when (SeenPages.IsOutage(error) && IsReading(http.Request) && !_revoked.Contains(token.Session))
        {
            if (_seen.Find(token) is { } seen) return seen;
            throw;
        }
    }

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private SealedToken? Open(HttpContext http) => SealedToken.TryOpen(_cookie.Read(http), _keys, out var token) ? token : null;

    private async Task EndAsync(SealedToken token)
    {
        foreach (var row in await _store.EndByTokenAsync(token, "signed_out", CancellationToken.None))
        {
            _revoked.Add(row.Id);
            _seen.Forget(row.Id);
            await TellAsync(SessionEventKind.Revoked, row.Id, row.UserId, SessionClient.Unknown, CancellationToken.None);
        }
    }

    private ValueTask TellAsync(SessionEventKind kind, Guid session, string user, SessionClient client, CancellationToken cancellationToken) =>
        _events.TellAsync(new(kind, session, user, Generation: 1, Presented: 0, client.Address, client.Stored.UserAgent, ClientChanged: false), cancellationToken);
}
