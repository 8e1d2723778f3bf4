namespace Roadworthy.Wire;

/// <summary>
/// Is told of every statement, on the thread of its connection and before the client has the answer: what it does there, the client waits for. What it throws
/// ends the connection.
/// </summary>
public interface IStatementObserver
{
    /// <summary>A statement has come to its end, one way or another.</summary>
    void Completed(in StatementRecord record);

    /// <summary>Values were bound to a statement, which may be executed with them next. Nothing by default.</summary>
    void Bound(BoundValues values)
    {
    }
}
