namespace Roadworthy.Wire;

/// <summary>What a statement is for, read from its text. What a function that it calls does is not seen.</summary>
public enum StatementKind
{
    /// <summary>None of the others: CALL, DO, VACUUM, or a name that was never prepared.</summary>
    Other,

    /// <summary>SELECT, TABLE, VALUES, SHOW, FETCH, COPY TO, and EXPLAIN of these.</summary>
    Read,

    /// <summary>INSERT, UPDATE, DELETE, MERGE or TRUNCATE anywhere, also inside WITH; and COPY FROM.</summary>
    Write,

    /// <summary>LOCK. A SELECT that locks rows is a <see cref="Read"/> that <see cref="StatementShape.TakesLocks"/>.</summary>
    Lock,

    /// <summary>CREATE, ALTER, DROP and their like.</summary>
    Schema,

    /// <summary>BEGIN and START TRANSACTION.</summary>
    Begin,

    /// <summary>COMMIT, END and PREPARE TRANSACTION.</summary>
    Commit,

    /// <summary>ROLLBACK and ABORT of a whole transaction.</summary>
    Rollback,

    /// <summary>SAVEPOINT and RELEASE.</summary>
    Savepoint,

    /// <summary>ROLLBACK TO.</summary>
    RollbackTo,

    /// <summary>SET of a setting.</summary>
    Set,

    /// <summary>What a pool sends before a connection is rented again: DISCARD, RESET, CLOSE ALL, UNLISTEN, DEALLOCATE ALL and the like.</summary>
    Reset,

    /// <summary>LISTEN and NOTIFY.</summary>
    Notify,

    /// <summary>PREPARE of a statement in SQL.</summary>
    Prepare,

    /// <summary>EXECUTE of a name that was not seen prepared; else it is what was prepared.</summary>
    Execute,

    /// <summary>DEALLOCATE of one name.</summary>
    Deallocate,
}
