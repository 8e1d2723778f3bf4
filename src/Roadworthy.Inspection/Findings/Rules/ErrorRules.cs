namespace Roadworthy.Inspection.Findings;

/// <summary>What is told, and kept, when something fails.</summary>
public static class ErrorRules
{
    /// <summary>A broken constraint as 500.</summary>
    public static Rule ConstraintAs500 { get; } = new(
        "RW450", Severity.Medium, "A broken rule of the database is answered with 500",
        "What the client asked for breaks a unique index or another constraint, and it is told that the server failed: it tries again, and somebody is woken.",
        "Map 23505 to 409 and the other constraint violations to 409 or 422, by SQLSTATE and constraint name.");

    /// <summary>An outage told as something else.</summary>
    public static Rule OutageAsAnswer { get; } = new(
        "RW451", Severity.High, "An outage that looks like an answer",
        "With the database away, the client is told 'not found', 'wrong input' or an empty list. Clients believe it: carts are emptied, records deleted, caches filled.",
        "Let the exception go up to one place, and answer 503 with Retry-After there.");

    /// <summary>Inside information in an answer.</summary>
    public static Rule Leak { get; } = new(
        "RW452", Severity.High, "Answers that show the inside",
        "The answer to a failure shows SQL, the driver's text, table and constraint names, a path or a stack. It helps whoever attacks, and nobody else.",
        "Answer a fixed text with an id that leads to the log record, where all of it stands.");

    /// <summary>A 5xx that nobody can look into.</summary>
    public static Rule Unlogged { get; } = new(
        "RW453", Severity.High, "A failure that left no trace",
        "The server failed, and its output has no type, message and stack of it. Whoever is called at night has nothing to go by.",
        "Log the exception itself (not its message, not JSON of it, which is {}), once, where it ends.");

    /// <summary>Not back after the outage.</summary>
    public static Rule NoRecovery { get; } = new(
        "RW454", Severity.Critical, "Does not come back",
        "The database is there again, and the backend goes on failing, or has ended. It takes a person to restart it.",
        "Let the pool throw broken connections away, handle errors of idle connections, and let no background failure end the process.");

    /// <summary>No answer at all.</summary>
    public static Rule Hangs { get; } = new(
        "RW455", Severity.High, "Waits without an end",
        "With the database slow or away, a request is not answered at all. Waiting requests pile up until nothing works, long after the database is back.",
        "Set limits: connect, statement, lock and pool time-outs, and one for the request as a whole.");

    /// <summary>Half of a failed create stays.</summary>
    public static Rule PoisonRow { get; } = new(
        "RW456", Severity.Critical, "A failed create that leaves half of itself",
        "A request that was refused, or failed, left rows behind: a half-made record that breaks lists for everybody, or a child without what belongs to it.",
        "Write what belongs together in one transaction.");

    /// <summary>No id leads from the answer to the record.</summary>
    public static Rule NoTraceId { get; } = new(
        "RW457", Severity.Low, "Nothing leads from the answer to the log",
        "The failure is logged, but nothing in the answer leads to the record: 'it failed at about ten' is all that support can go by.",
        "Put the trace id into the answer and into each record.");

    /// <summary>Connections that are not given back.</summary>
    public static Rule ConnectionLeak { get; } = new(
        "RW458", Severity.Critical, "Connections that are not given back",
        "Each request leaves a connection open. After as many requests as the pool has places, nothing works until a restart.",
        "Release in finally (or using, with, defer), also where the request fails.");

    internal static IReadOnlyList<Rule> All { get; } =
        [ConstraintAs500, OutageAsAnswer, Leak, Unlogged, NoRecovery, Hangs, PoisonRow, NoTraceId, ConnectionLeak];
}
