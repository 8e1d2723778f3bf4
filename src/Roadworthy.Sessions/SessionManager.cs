using Npgsql;
using Roadworthy.Sessions.AccessTokens;
using Roadworthy.Sessions.Events;
using Roadworthy.Sessions.Refresh;
using Roadworthy.Sessions.Revocation;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Time;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions;

/// <summary>Signs people in, refreshes, lists and ends their sessions. A singleton; every method may be called concurrently.</summary>
public sealed class SessionManager
{
    private readonly RefreshKeys _keys;
    private readonly SessionStore _store;
    private readonly RefreshStatement _refresh;
    private readonly RefreshLimits _limits;
    private readonly AccessTokenMinter _minter;
    private readonly RevokedSessions _revoked;
    private readonly SessionEvents _events;
    private readonly DatabaseClock _clock;

    internal SessionManager(
        RefreshKeys keys, SessionStore store, RefreshStatement refresh, RefreshLimits limits, AccessTokenMinter minter,
        RevokedSessions revoked, SessionEvents events, DatabaseClock clock)
    {
        (_keys, _store, _refresh, _limits, _minter, _revoked, _events, _clock) =
            (keys, store, refresh, limits, minter, revoked, events, clock);
    }

    /// <summary>Begins a session for somebody whose password, or whatever else, was checked.</summary>
    /// <param name="signIn">Who.</param>
    /// <param name="transaction">A transaction of the caller's that the session is made in; null, the default, for one of its own.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null where the user is disabled, gone, or has another stamp by now.</returns>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public async Task<SessionTokens?> SignInAsync(SignIn signIn, NpgsqlTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        var token = SealedToken.Create(Guid.CreateVersion7(_clock.GetUtcNow()));
        if (await _store.SignInAsync(token, signIn, transaction, cancellationToken) is not { } row) return null;
        var tokens = await IssueAsync(token, signIn.UserId, row.Claims, row.Now, row.EndsAt, cancellationToken);
        await TellAsync(SessionEventKind.SignedIn, token.Session, signIn.UserId, token.Generation, presented: 0, signIn.Client, clientChanged: false, cancellationToken);
        return tokens;
    }

    /// <summary>Answers a refresh token with the session's live one and a new access token, or refuses it.</summary>
    /// <param name="refreshToken">What the client sent.</param>
    /// <param name="client">Who sent it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="NpgsqlException">The database can't be reached: the same token is good for another try.</exception>
    public async Task<RefreshResult> RefreshAsync(string? refreshToken, SessionClient client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!SealedToken.TryOpen(refreshToken, _keys, out var token)) return Refuse(RefreshVerdict.Invalid);
        if (!_limits.Allows(token.Session)) return Refuse(RefreshVerdict.TooMany);

        var sent = _clock.Own();
        var row = await _refresh.ExecuteAsync(token, client, cancellationToken);
        if (row is null) return Refuse(RefreshVerdict.Unknown);
        _clock.Learn(row.Now, sent, _clock.Own());
        if (row.Verdict == RefreshVerdict.Reused) _revoked.Add(token.Session);
        await TellAsync(token, row, client, cancellationToken);
        if (!row.Verdict.IsGranted()) return Refuse(row.Verdict);

        _events.Count(row.Verdict);
        return new(row.Verdict, await IssueAsync(token.At(row.Generation), row.UserId, row.Claims, row.Now, row.EndsAt, cancellationToken));
    }

    /// <summary>A user's live sessions, the newest first.</summary>
    public Task<IReadOnlyList<Session>> ListAsync(string userId, CancellationToken cancellationToken = default) => _store.ListAsync(userId, cancellationToken);

    /// <summary>Everybody's live sessions, the newest first, for an administrator.</summary>
    /// <param name="userId">Those of one user only; null, the default, for all. What can't be a user's id is nobody's.</param>
    /// <param name="after">The <c>Next</c> of the page before; null, the default, for the first page.</param>
    /// <param name="limit">How many at most: 1 to 500, 50 by default.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public Task<ActiveSessions> ListActiveAsync(string? userId = null, Guid? after = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        return _store.ListActiveAsync(userId, after, limit, cancellationToken);
    }

    /// <summary>Ends any session, as an administrator does.</summary>
    /// <returns>Whether there was such a live session.</returns>
    public async Task<bool> EndAsync(Guid session, CancellationToken cancellationToken = default) =>
        await EndedAsync(await _store.EndAnyAsync(session, Reasons.Ended, cancellationToken), cancellationToken) > 0;

    /// <summary>Ends one session of a user's.</summary>
    /// <returns>Whether there was such a live session.</returns>
    public async Task<bool> EndAsync(string userId, Guid session, CancellationToken cancellationToken = default) =>
        await EndedAsync(await _store.EndOneAsync(userId, session, Reasons.Ended, cancellationToken), cancellationToken) > 0;

    /// <summary>Ends a user's sessions but one.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndOthersAsync(string userId, Guid current, CancellationToken cancellationToken = default) =>
        await EndedAsync(await _store.EndAllAsync(userId, current, Reasons.Ended, transaction: null, cancellationToken), cancellationToken);

    /// <summary>Ends all of a user's sessions: a new password, a disabled or deleted account.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="transaction">The transaction of the change that is the reason; null, the default, for one of its own.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>How many.</returns>
    public async Task<int> EndAllAsync(string userId, NpgsqlTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        await EndedAsync(await _store.EndAllAsync(userId, except: null, Reasons.Ended, transaction, cancellationToken), cancellationToken, committed: transaction is null);

    /// <summary>Ends the session of a refresh token, whatever its generation.</summary>
    /// <returns>Whether the token was one of a live session.</returns>
    public async Task<bool> SignOutAsync(string? refreshToken, CancellationToken cancellationToken = default) =>
        SealedToken.TryOpen(refreshToken, _keys, out var token)
        && await EndedAsync(await _store.EndByTokenAsync(token, Reasons.SignedOut, cancellationToken), cancellationToken) > 0;

    /// <summary>Ends every session of everybody: what belongs to a restored backup, or to a leaked root key.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndEverythingAsync(CancellationToken cancellationToken = default)
    {
        var ended = await _store.EndEverythingAsync(Reasons.Recovery, cancellationToken);
        foreach (var row in ended) _revoked.Add(row.Id);
        return ended.Count;
    }

    /// <summary>Loads the signing keys where that has not happened yet: a part of being ready.</summary>
    /// <exception cref="InvalidOperationException">The keys in the database were sealed under another root key.</exception>
    public Task ReadyAsync(CancellationToken cancellationToken = default) => _minter.ReadyAsync(cancellationToken);

    private RefreshResult Refuse(RefreshVerdict verdict)
    {
        _events.Count(verdict);
        return new(verdict, Tokens: null);
    }

    private async Task<int> EndedAsync(IReadOnlyList<EndedRow> rows, CancellationToken cancellationToken, bool committed = true)
    {
        foreach (var row in rows)
        {
            // What may still be rolled back is heard of, here as everywhere, when it is committed.
            if (committed) _revoked.Add(row.Id);
            await TellAsync(SessionEventKind.Revoked, row.Id, row.UserId, row.Generation, presented: 0, SessionClient.Unknown, clientChanged: false, cancellationToken);
        }

        return rows.Count;
    }

    private async Task<SessionTokens> IssueAsync(
        SealedToken token, string userId, string? claims, DateTimeOffset now, DateTimeOffset endsAt, CancellationToken cancellationToken)
    {
        var access = await _minter.MintAsync(userId, token.Session, token.Generation, claims, now, cancellationToken);
        return new(token.Session, access.Value, access.ExpiresIn, token.Seal(_keys), endsAt);
    }

    private ValueTask TellAsync(SealedToken token, RefreshRow row, SessionClient client, CancellationToken cancellationToken)
    {
        SessionEventKind? kind = row.Verdict switch
        {
            RefreshVerdict.Rotated => SessionEventKind.Rotated,
            RefreshVerdict.Replayed => SessionEventKind.Replayed,
            RefreshVerdict.Mismatched => SessionEventKind.Replayed,
            RefreshVerdict.Fresh when row.ClientChanged => SessionEventKind.Replayed,
            RefreshVerdict.Healed => SessionEventKind.Healed,
            RefreshVerdict.RolledForward => SessionEventKind.RolledForward,
            RefreshVerdict.Reused => SessionEventKind.Reused,
            RefreshVerdict.WrongSecret => SessionEventKind.WrongSecret,
            _ => null,
        };
        return kind is { } happened
            ? TellAsync(happened, token.Session, row.UserId, row.Generation, token.Generation, client, row.ClientChanged, cancellationToken)
            : ValueTask.CompletedTask;
    }

    private ValueTask TellAsync(
        SessionEventKind kind, Guid session, string? user, long generation, long presented, SessionClient client, bool clientChanged, CancellationToken cancellationToken) =>
        _events.TellAsync(new(kind, session, user, generation, presented, client.Address, client.Stored.UserAgent, clientChanged), cancellationToken);

    private static class Reasons
    {
        public const string Ended = "ended";
        public const string SignedOut = "signed_out";
        public const string Recovery = "recovery";
    }
}
