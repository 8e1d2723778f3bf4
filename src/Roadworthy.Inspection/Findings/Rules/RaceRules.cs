namespace Roadworthy.Inspection.Findings;

/// <summary>What happens at the same time.</summary>
public static class RaceRules
{
    /// <summary>A state that no order of the two requests leads to.</summary>
    public static Rule LostUpdate { get; } = new(
        "RW350", Severity.Critical, "Two at once leave what no order could",
        "Two requests that overlap leave the database in a state that neither order of them leads to: something is lost, or is there twice.",
        "Decide in the database: a conditional UPDATE whose row count is looked at, a unique index, SELECT ... FOR UPDATE, or SERIALIZABLE with a retry.");

    /// <summary>It holds, but the loser sees a 500.</summary>
    public static Rule ConflictAs500 { get; } = new(
        "RW351", Severity.Medium, "A conflict that is answered with 500",
        "The database stopped the second of two requests, as it should, and the client is told that the server has failed.",
        "Answer 409 where the client has to decide, or repeat the transaction where it does not (40001, 40P01).");

    /// <summary>Refreshes at once sign the client out.</summary>
    public static Rule RefreshRace { get; } = new(
        "RW352", Severity.High, "Two refreshes at once sign the user out",
        "Two tabs refresh at the same moment, or one answer is lost on the way, and the user has to sign in again: the tokens of the one are ended by the other.",
        "Give concurrent callers of one token the same successor, decided in one atomic statement, and accept a repeat within a short window.");

    /// <summary>Each concurrent caller gets a line of tokens of its own.</summary>
    public static Rule RefreshBranches { get; } = new(
        "RW353", Severity.High, "A refresh token that is good for many",
        "One refresh token, used by several at once, gives each a line of tokens of its own: a thief among them stays signed in and is never noticed.",
        "Rotate on use, keep one live successor per session, and end the session where an old token comes back.");

    /// <summary>A refresh token that never ends.</summary>
    public static Rule RefreshForEver { get; } = new(
        "RW354", Severity.Medium, "A refresh token that is never used up",
        "A refresh token works again and again. Whoever copies it once has it for as long as it lives, and nothing tells.",
        "Rotate refresh tokens, and take an old one that comes back for what it is: a copy.");

    /// <summary>Holds on one instance only.</summary>
    public static Rule OneInstanceOnly { get; } = new(
        "RW355", Severity.High, "Safe only with one instance",
        "A lock inside the process keeps two requests apart. With a second instance, or during a deployment, it does not.",
        "Decide in the database, which all instances share.");

    /// <summary>The same create, repeated, makes two.</summary>
    public static Rule RepeatMakesTwo { get; } = new(
        "RW356", Severity.Medium, "A retry that does it twice",
        "A client that got no answer sends the same request again, and there are two of what was asked for once.",
        "Take an Idempotency-Key, and keep key and answer in the transaction of the write.");

    internal static IReadOnlyList<Rule> All { get; } =
        [LostUpdate, ConflictAs500, RefreshRace, RefreshBranches, RefreshForEver, OneInstanceOnly, RepeatMakesTwo];
}
