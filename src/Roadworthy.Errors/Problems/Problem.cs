namespace Roadworthy.Errors.Problems;

/// <summary>What a client is told of a failure. The same words whatever the cause was.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Kind">The last part of the problem's type, urn:roadworthy:problem:KIND.</param>
/// <param name="Title">For people.</param>
/// <param name="RetryAfterSeconds">When a repeat may succeed, in seconds; null: the answer has no Retry-After.</param>
public sealed record Problem(int Status, string Kind, string Title, int? RetryAfterSeconds = null)
{
    /// <summary>The problem's type as clients see it.</summary>
    public string Type => "urn:roadworthy:problem:" + Kind;
}
