namespace Roadworthy.Errors;

/// <summary>Where records go and what they may hold. Checked when the application starts; every fault is reported at once.</summary>
public sealed class ErrorsOptions
{
    /// <summary>The form of a record. Default: <see cref="RecordFormat.Auto"/>.</summary>
    public RecordFormat Format { get; set; } = RecordFormat.Auto;

    /// <summary>
    /// Where records are written; flushed after each write and never closed. Default: null, the process's standard output.
    /// A stream that buffers outside of <see cref="Stream.Flush"/> weakens the promise that an error record survives a killed process.
    /// </summary>
    public Stream? Output { get; set; }

    /// <summary>
    /// The most that one record takes, in bytes, its line feed included. Longer values are cut and say by how much.
    /// Default: 32,768. From 4,096 to 1,048,576.
    /// </summary>
    public int MaxRecordBytes { get; set; } = 32_768;

    /// <summary>
    /// How many records below <see cref="LogLevel.Error"/> may wait for the output, in records. When it is full, further ones are
    /// dropped, counted (roadworthy.errors.records.dropped) and reported in a record. Errors are never queued. Default: 4,096. From 1 to 1,000,000.
    /// </summary>
    public int QueueCapacity { get; set; } = 4_096;

    /// <summary>
    /// Names whose values are masked, added to the built-in ones (password, secret, token, ...). Compared without case and separators,
    /// and anywhere in a name: "iban" also masks "customer_IBAN". At least three letters or digits each. Default: empty.
    /// </summary>
    public ISet<string> SecretKeys { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
