using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Accounts.Passwords;

/// <summary>Whether a password is right. In place of UserManager's own check, whose renewal of a hash would end every session of the user.</summary>
internal sealed class PasswordCheck(StorefrontDb db, Argon2idPasswordHasher hasher)
{
    /// <summary>Compares, and renews the hash where its parameters are no longer ours.</summary>
    public async Task<bool> IsRightAsync(User user, string password, CancellationToken cancellationToken)
    {
        if (user.PasswordHash is not { } hash) return false;
        var verdict = hasher.VerifyHashedPassword(user, hash, password);
        if (verdict == PasswordVerificationResult.Failed) return false;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var renewed = hasher.HashPassword(user, password);
            // A password that was changed in the meantime stays changed.
            await db.Users.Where(row => row.Id == user.Id && row.PasswordHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, renewed), cancellationToken);
        }

        return true;
    }

    /// <summary>The same work for an account that there is not.</summary>
    public void Nobody(string password) => hasher.VerifyNobody(password);
}
