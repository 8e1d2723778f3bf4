using Microsoft.AspNetCore.Identity;
using Storefront.Data;

namespace Storefront.Accounts;

/// <summary>A person with an account. Signs in by e-mail address; there is no separate user name.</summary>
public sealed class User : IdentityUser<Guid>, IVersioned
{
    public const int MaxNameLength = 200;
    public const int MaxEmailLength = 254;

    public required string Name { get; set; }

    /// <summary>In years, 1 to 150.</summary>
    public required int Age { get; set; }

    public bool IsAdmin { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public long Version { get; init; }
}
