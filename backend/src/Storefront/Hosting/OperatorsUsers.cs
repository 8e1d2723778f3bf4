using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Roadworthy.Console;
using Storefront.Data;

namespace Storefront.Hosting;

/// <summary>Tells administrators whose sessions they see: by address, as everywhere else.</summary>
internal sealed class OperatorsUsers(StorefrontDb db, ILookupNormalizer normalizer) : IConsoleUsers
{
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var ids = userIds.Select(Guid.Parse).ToList();
        var found = await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToListAsync(cancellationToken);
        return found.ToDictionary(user => user.Id.ToString(), user => user.Email!, StringComparer.Ordinal);
    }

    public async Task<string?> FindAsync(string text, CancellationToken cancellationToken)
    {
        var email = normalizer.NormalizeEmail(text);
        var id = await db.Users.AsNoTracking().Where(user => user.NormalizedEmail == email).Select(user => (Guid?)user.Id).FirstOrDefaultAsync(cancellationToken);
        return id?.ToString();
    }
}
