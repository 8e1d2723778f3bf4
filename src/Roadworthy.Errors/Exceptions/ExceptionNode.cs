namespace Roadworthy.Errors.Exceptions;

/// <summary>What was read from one exception, before masking and bounds.</summary>
internal sealed class ExceptionNode(string type, int depth)
{
    public string Type { get; } = type;

    public int Depth { get; } = depth;

    public string? Message { get; set; }

    public int HResult { get; set; }

    public StackLines Frames { get; set; }

    /// <summary>The server's fields of a PostgreSQL error.</summary>
    public List<KeyValuePair<string, object?>>? Pg { get; set; }

    public List<object?>? Errors { get; set; }

    public List<KeyValuePair<string, object?>>? Data { get; set; }

    public List<KeyValuePair<string, object?>>? Properties { get; set; }

    public ExceptionNode? Inner { get; set; }

    public List<ExceptionNode>? Children { get; set; }

    /// <summary>Exceptions below this one that are not part of the record.</summary>
    public int Skipped { get; set; }

    /// <summary>How many exceptions the tree has; on its root only.</summary>
    public int Total { get; set; }

    /// <summary>It stands elsewhere in the same record: a cycle, or a cause shared by two.</summary>
    public bool Repeated { get; set; }
}
