using System.ComponentModel.DataAnnotations;

namespace Storefront.Hosting;

/// <summary>The section <c>Storefront</c> of the configuration; as environment variables <c>Storefront__Name</c>.</summary>
public sealed class StorefrontOptions
{
    public const string Section = "Storefront";

    /// <summary>
    /// The secret that all other keys come from: 32 random bytes as base64, the same on every instance. No default. Goes before
    /// <see cref="RootKeyFile"/>.
    /// </summary>
    public string? RootKey { get; set; }

    /// <summary>A file that holds the root key. In development it is made, readable to its owner only, where it is missing.</summary>
    public string? RootKeyFile { get; set; }

    /// <summary>Who issues the access tokens and whom they are for (<c>iss</c>, <c>aud</c>). Default <c>storefront</c>.</summary>
    [Required]
    public string Issuer { get; set; } = "storefront";

    /// <summary>How long an access token is good for: 1 minute to 1 hour, 15 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Failed log-ins in a row, to one account from one network, before waiting begins: 1 to 100, 5 by default.</summary>
    [Range(1, 100)]
    public int FreeLogInAttempts { get; set; } = 5;

    /// <summary>The wait doubles with each further failure up to this: 1 second to 1 hour, 15 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestLogInDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Sign-ups and log-ins that one network may make a minute on one instance: 1 to 1,000,000, 120 by default. What exceeds it
    /// is answered with 429.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AccountRequestsPerMinute { get; set; } = 120;

    /// <summary>Whether this process migrates the database before it listens. Default: in development only.</summary>
    public bool? MigrateAtStart { get; set; }

    /// <summary>Whether <c>/openapi/v1.json</c> and <c>/scalar</c> are served. Default: in development only.</summary>
    public bool? ApiDocument { get; set; }

    /// <summary>
    /// Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, as addresses or CIDR networks. None by default: else
    /// anyone could choose the address that guessing is throttled by.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];
}
