namespace Roadworthy.Errors;

/// <summary>How a record is written.</summary>
public enum RecordFormat
{
    /// <summary>Readable where the host's environment is Development, JSON lines elsewhere.</summary>
    Auto = 0,

    /// <summary>One line of JSON a record.</summary>
    Json = 1,

    /// <summary>Compact lines for people, coloured when written to a terminal.</summary>
    Readable = 2,
}
