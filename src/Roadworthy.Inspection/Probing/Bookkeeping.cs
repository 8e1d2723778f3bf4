using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing;

/// <summary>Tables that a backend keeps about its own work: who asked when, what was tried, what is to be done later. A row there is no half of anything.</summary>
internal static class Bookkeeping
{
    private static readonly HashSet<string> Subjects = new(StringComparer.Ordinal)
    {
        "session", "sessions", "token", "tokens", "ratelimit", "ratelimits", "rate", "limit", "limits", "throttle", "throttles", "audit", "audits", "log", "logs", "visit", "visits", "cache", "job", "jobs",
        "queue", "queues", "nonce", "nonces", "lock", "locks", "idempotency", "event", "events", "outbox", "attempt", "attempts", "migration", "migrations", "history", "throttler",
    };

    public static bool Is(string table) => Names.Words(table).Any(Subjects.Contains);
}
