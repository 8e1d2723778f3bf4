using Microsoft.AspNetCore.Identity;

namespace Roadworthy.Backend.Benchmarks.Sessions;

/// <summary>The users of each site, whose ids are 1 and so on.</summary>
internal static class Users
{
    public const int Count = 1_000;

    public static IEnumerable<IdentityUser> OfIdentity() => Enumerable.Range(1, Count).Select(id => new IdentityUser($"{id}@example.org")
    {
        Id = $"{id}",
        NormalizedUserName = $"{id}@EXAMPLE.ORG",
        Email = $"{id}@example.org",
        NormalizedEmail = $"{id}@EXAMPLE.ORG",
        SecurityStamp = Guid.NewGuid().ToString(),
    });
}
