namespace Roadworthy.Input;

/// <summary>The bounds of what is read from a request. Checked when the application starts; every fault is reported at once.</summary>
public sealed class InputOptions
{
    /// <summary>
    /// The longest JSON body that is read, in bytes; a longer one is answered with 413. An endpoint with a request size limit of its own
    /// (<c>[RequestSizeLimit]</c>) keeps that instead, and the server's limit holds beside both. Default: 1,048,576. From 1 to 1,073,741,824.
    /// </summary>
    public int MaxBodyBytes { get; set; } = 1_048_576;

    /// <summary>The most members that one JSON object may have, known or unknown. Default: 10,000. From 1 to 1,000,000.</summary>
    public int MaxMembers { get; set; } = 10_000;

    /// <summary>
    /// The most errors that one answer lists. When there are more, the answer says <c>"truncated": true</c>. Default: 100. From 1 to 10,000.
    /// </summary>
    public int MaxErrors { get; set; } = 100;
}
