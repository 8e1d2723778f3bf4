namespace Roadworthy.Wire.Holds;

/// <summary>What is to be done to a batch: at which of its messages, and at which of that one's statements.</summary>
internal struct BatchPlan
{
    /// <summary>Cut around the batch.</summary>
    public FaultRule? Kill;

    /// <summary>The statement at <see cref="Message"/> and <see cref="Statement"/> fails.</summary>
    public FaultRule? Fail;

    /// <summary>The commit at <see cref="Message"/> and <see cref="Statement"/> is held.</summary>
    public Hold? Commit;

    /// <summary>The write whose commit it is.</summary>
    public StatementShape? Shape;

    /// <summary>Whether that commit is the end of a batch that has no transaction of its own.</summary>
    public bool IsImplicit;

    public int Message;

    /// <summary>Counted within the message.</summary>
    public int Statement;
}
