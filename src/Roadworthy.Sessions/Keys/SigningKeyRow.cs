namespace Roadworthy.Sessions.Keys;

/// <summary>A signing key at rest: sealed with a key that only the configuration's root key can derive.</summary>
internal sealed class SigningKeyRow
{
    /// <summary>The <c>kid</c> of the tokens that it signs.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Published from its creation, used from this moment on, until a later key takes over.</summary>
    public required DateTimeOffset SignsFrom { get; init; }

    public required byte[] Sealed { get; init; }
}
