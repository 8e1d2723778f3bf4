namespace Roadworthy.Wire.Tests.Support;

/// <summary>Keeps all that it is told.</summary>
internal sealed class Recorder : IStatementObserver
{
    private readonly Lock _lock = new();
    private readonly List<StatementRecord> _records = [];
    private readonly List<string> _bound = [];

    public List<StatementRecord> Records
    {
        get
        {
            lock (_lock) return [.. _records];
        }
    }

    /// <summary>Which statements were bound to the value that was looked for.</summary>
    public List<string> Bound
    {
        get
        {
            lock (_lock) return [.. _bound];
        }
    }

    public byte[] LookFor { get; init; } = [];

    /// <summary>Texts, each with how it ended where that is not as it should.</summary>
    public string[] Texts => [.. Records.Select(Text)];

    public static string Text(StatementRecord record) => record.Shape.Text + record.Outcome switch
    {
        StatementOutcome.Completed => "",
        StatementOutcome.Failed => $" !{record.Error}",
        _ => $" ({record.Outcome})",
    };

    public void Completed(in StatementRecord record)
    {
        lock (_lock) _records.Add(record);
    }

    public void Note(BoundValues values)
    {
        if (LookFor.Length == 0 || !values.Contains(LookFor)) return;
        lock (_lock) _bound.Add(values.Shape.Text);
    }

    void IStatementObserver.Bound(BoundValues values) => Note(values);
}
