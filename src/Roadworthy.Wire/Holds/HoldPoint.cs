namespace Roadworthy.Wire;

/// <summary>Where something is held.</summary>
public enum HoldPoint
{
    /// <summary>Before the server gets the statement, nor what was sent in one batch with it.</summary>
    BeforeStatement,

    /// <summary>
    /// When the server has done the statement, and before its transaction is committed: its own COMMIT, or the end of what has none. The locks are taken, and
    /// nobody else sees the change. The client gets the answer when it is committed.
    /// </summary>
    BeforeCommit,
}
