namespace Roadworthy.Wire;

/// <summary>When a connection is cut, seen from the statement that it is cut for.</summary>
public enum KillMoment
{
    /// <summary>Before the server gets it: it is never run.</summary>
    BeforeStatement,

    /// <summary>When it was sent: the server runs it, or the most of it, and nobody hears of it.</summary>
    DuringStatement,

    /// <summary>When it is done and before the client has the answer. For a COMMIT, the failure that makes retries dangerous.</summary>
    BeforeAnswer,
}
