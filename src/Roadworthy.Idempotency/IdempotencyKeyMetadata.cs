namespace Roadworthy.Idempotency;

/// <summary>The endpoint takes an <c>Idempotency-Key</c>: for whoever describes it.</summary>
/// <param name="IsRequired">Whether a request without one is refused.</param>
public sealed record IdempotencyKeyMetadata(bool IsRequired);
