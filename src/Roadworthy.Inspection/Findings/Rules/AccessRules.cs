namespace Roadworthy.Inspection.Findings;

/// <summary>Who may see and change what.</summary>
public static class AccessRules
{
    /// <summary>Another user's object is shown.</summary>
    public static Rule OthersRead { get; } = new(
        "RW550", Severity.Critical, "Shows what is another user's",
        "Whoever is signed in and knows, or counts up, an id sees an object that belongs to somebody else.",
        "Look it up by id and owner in one condition, and answer 404 where there is no such row.");

    /// <summary>Another user's object is changed.</summary>
    public static Rule OthersWritten { get; } = new(
        "RW551", Severity.Critical, "Changes what is another user's",
        "Whoever is signed in and knows, or counts up, an id changes, cancels or deletes an object that belongs to somebody else.",
        "Put the owner into the condition of the UPDATE or DELETE, and answer 404 where no row was met.");

    /// <summary>The owner is what the client says.</summary>
    public static Rule ClientSaysOwner { get; } = new(
        "RW552", Severity.Critical, "Believes the client about whose it is",
        "The body, or the query, may name the owner, and is believed: one user creates or lists in another's name. Or it may name a role: whoever signs up is an administrator.",
        "Take the owner from the session and the role from the database, and ignore or refuse what the client says of them.");

    /// <summary>A secret in an answer.</summary>
    public static Rule SecretInAnswer { get; } = new(
        "RW553", Severity.Critical, "A secret in the answer",
        "An answer holds a password hash, or another secret of the row. It ends up in browsers, logs and caches.",
        "Answer with a type of its own that has the fields that are meant to be seen, never with the row.");

    /// <summary>Nobody has to sign in.</summary>
    public static Rule Anonymous { get; } = new(
        "RW554", Severity.High, "Open to anybody",
        "A request that changes or shows users' data is answered without signing in, though its neighbours ask for it.",
        "Close everything by default, and open by name what is meant for everybody.");

    internal static IReadOnlyList<Rule> All { get; } = [OthersRead, OthersWritten, ClientSaysOwner, SecretInAnswer, Anonymous];
}
