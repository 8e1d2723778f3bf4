namespace Roadworthy.Wire;

/// <summary>How a statement ended.</summary>
public enum StatementOutcome : byte
{
    /// <summary>With CommandComplete.</summary>
    Completed,

    /// <summary>With an error, the server's or a made-up one. Those behind it in the same batch were never run, and are not told.</summary>
    Failed,

    /// <summary>For the time being: it has more rows than were asked for, and may be resumed.</summary>
    Suspended,

    /// <summary>It was no statement: an empty text.</summary>
    Empty,

    /// <summary>Nobody knows: the connection ended first.</summary>
    Lost,
}
