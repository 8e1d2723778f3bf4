namespace Roadworthy.Inspection.Driving;

/// <summary>Somebody who asks: nobody, a user, an administrator.</summary>
internal sealed class Identity
{
    public const string AnonymousName = "anonymous";

    private readonly HashSet<string> _former = new(StringComparer.Ordinal);

    /// <summary>How it is called in reports: <c>anonymous</c>, <c>A</c>, <c>B</c>, <c>admin</c>.</summary>
    public required string Name { get; init; }

    public bool IsAnonymous => Name == AnonymousName;

    /// <summary>What it signed up with, by the field's name in small letters without separators: <c>email</c>, <c>password</c>, <c>username</c>.</summary>
    public Dictionary<string, string> Credentials { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What makes a request its own. Empty for who is nobody, or is not let in.</summary>
    public IReadOnlyList<Proof> Proofs { get; set; } = [];

    /// <summary>Gets new tokens where the API has such; null otherwise.</summary>
    public string? RefreshToken
    {
        get;
        set
        {
            if (field is { } former && former != value) _former.Add(former);
            field = value;
        }
    }

    /// <summary>Those that it had before: in requests that were made then.</summary>
    public IEnumerable<string> FormerTokens => _former;

    /// <summary>Its cookies, where the API keeps its sessions in such.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Its own id in the API, where an answer told it.</summary>
    public string? Id { get; set; }

    /// <summary>When the proofs were got, for those that end soon.</summary>
    public long ProvedAt { get; set; }

    public WireRequest Apply(WireRequest request)
    {
        foreach (var proof in Proofs)
        {
            request = proof.Kind switch
            {
                ProofKind.Header => request.With(proof.Name, proof.Value),
                ProofKind.Query => request with { Target = request.Target + (request.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?') + Uri.EscapeDataString(proof.Name) + "=" + Uri.EscapeDataString(proof.Value) },
                _ => request,
            };
        }

        if (Cookies.Count > 0) request = request.With("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        return request;
    }
}

/// <summary>Where a proof stands.</summary>
internal enum ProofKind
{
    Header,
    Query,
}

/// <summary>A header or query parameter that shows who asks.</summary>
internal sealed record Proof(ProofKind Kind, string Name, string Value);
