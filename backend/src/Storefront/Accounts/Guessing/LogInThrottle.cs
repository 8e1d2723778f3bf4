using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Keys;
using Storefront.Data;
using Storefront.Hosting;

namespace Storefront.Accounts.Guessing;

/// <summary>
/// Slows guessing of one account from one network: a few attempts are free, each further one doubles the wait. Counted in
/// PostgreSQL and by its clock, so that all instances agree. Nobody is locked out for good, and not from elsewhere: a lock-out
/// would let anyone shut anyone out.
/// </summary>
internal sealed class LogInThrottle(StorefrontDb db, RootKey root, AccountsMetrics metrics, IOptions<StorefrontOptions> options)
{
    private readonly byte[] _key = root.Derive("log-in-attempts");

    /// <summary>
    /// Counts the attempt as failed before it is judged, so that a hundred at once are a hundred. Returns null when it may
    /// go on, else how long to wait.
    /// </summary>
    public async Task<TimeSpan?> BeginAsync(byte[] key, CancellationToken cancellationToken)
    {
        var free = options.Value.FreeLogInAttempts;
        var longest = options.Value.LongestLogInDelay.TotalSeconds;

        // clock_timestamp(), where it asks whether the block is over: now() is when this statement began, which may be before the one that it waited for.
        var counted = await db.Database.SqlQuery<int>($"""
            INSERT INTO log_in_attempts AS a (key, failures, last_at, blocked_until)
            VALUES ({key}, 1, now(), now() + CASE WHEN {free} < 2 THEN least(1, {longest}) ELSE 0 END * interval '1 second')
            ON CONFLICT (key) DO UPDATE SET
              failures = CASE WHEN a.last_at < now() - interval '1 day' THEN 1 ELSE a.failures + 1 END,
              last_at = now(),
              blocked_until = now() + CASE
                WHEN a.last_at < now() - interval '1 day' OR a.failures + 1 < {free} THEN 0
                ELSE least(power(2, least(a.failures + 1 - {free}, 30)), {longest}) END * interval '1 second'
            WHERE a.blocked_until <= clock_timestamp()
            RETURNING failures
            """).ToListAsync(cancellationToken);
        if (counted.Count > 0) return null;

        metrics.Throttled();
        var wait = await db.Database.SqlQuery<double>(
            $"SELECT extract(epoch FROM blocked_until - now())::float8 AS \"Value\" FROM log_in_attempts WHERE key = {key}").ToListAsync(cancellationToken);
        return TimeSpan.FromSeconds(Math.Clamp(wait.FirstOrDefault(), 1, longest));
    }

    /// <summary>The attempt was right after all: forget the failures before it.</summary>
    public Task SucceedAsync(byte[] key, CancellationToken cancellationToken) =>
        db.LogInAttempts.Where(attempts => attempts.Key == key).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The attempt was never judged: it does not count.</summary>
    public Task TakeBackAsync(byte[] key, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"UPDATE log_in_attempts SET failures = greatest(failures - 1, 0), blocked_until = now() WHERE key = {key}", cancellationToken);

    /// <summary>Keyed, so that a dump of the table tells nobody's address.</summary>
    public byte[] Key(string normalizedEmail, IPAddress? address) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{normalizedEmail}\n{Network(address)}"));

    /// <summary>The network that one person may be taken to hold: an IPv4 address, or an IPv6 /64.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        return new IPNetwork(new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]), 64).ToString();
    }
}
