using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Pages;

/// <summary>
/// Whom the database has confirmed lately, for the time in which it can't be asked: who is called because it is away must be able to look. For reading
/// alone, and bounded in time (<see cref="SessionsOptions.PageOutageGrace"/>) and number.
/// </summary>
internal sealed class SeenPages(SessionsOptions options, TimeProvider time)
{
    public const int Capacity = 1_000;

    private readonly ConcurrentDictionary<Guid, Seen> _seen = new();

    /// <summary>Whether a failure means that nobody could be asked, rather than that the question was wrong.</summary>
    public static bool IsOutage(NpgsqlException error) => error is not PostgresException refused || refused.IsTransient;

    public void Remember(SealedToken cookie, PageRow row)
    {
        if (options.PageOutageGrace == TimeSpan.Zero) return;
        if (_seen.Count >= Capacity && !_seen.ContainsKey(cookie.Session)) MakeRoom();
        _seen[cookie.Session] = new(cookie.SecretHash(), row, time.GetTimestamp());
    }

    public void Forget(Guid session) => _seen.TryRemove(session, out _);

    /// <summary>What was confirmed of this very cookie; null where it was not, or too long ago.</summary>
    public PageRow? Find(SealedToken cookie) =>
        _seen.TryGetValue(cookie.Session, out var seen) && time.GetElapsedTime(seen.At) < options.PageOutageGrace && CryptographicOperations.FixedTimeEquals(seen.SecretHash, cookie.SecretHash())
            ? seen.Row
            : null;

    // Seldom, and of a thousand.
    private void MakeRoom()
    {
        foreach (var (session, _) in _seen.OrderBy(seen => seen.Value.At).Take(Capacity / 10).ToList()) Forget(session);
    }

    private sealed record Seen(byte[] SecretHash, PageRow Row, long At);
}
