using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Storefront.Accounts;
using Storefront.Data;

namespace Storefront.Local.Demo;

/// <summary>The two accounts that one can sign in with. Their password is random for each data folder, unless one is set.</summary>
internal static class DemoAccounts
{
    public const string Admin = "admin@example.com";
    public const string User = "user@example.com";
    public const string PasswordVariable = "STOREFRONT_DEMO_PASSWORD";

    /// <summary>Gives both accounts the password of this start. Hashes only where it is another than the stored one.</summary>
    public static async Task<string> SetPasswordAsync(StorefrontDb db, IPasswordHasher<User> hasher, string? passwordFile, CancellationToken cancellationToken)
    {
        var password = Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } set ? set : Kept(passwordFile);
        foreach (var user in await db.Users.Where(user => user.Email == Admin || user.Email == User).ToListAsync(cancellationToken))
        {
            if (user.PasswordHash is { } hash && hasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed) continue;
            user.PasswordHash = hasher.HashPassword(user, password);
            user.SecurityStamp = RandomNumberGenerator.GetHexString(32);
        }

        await db.SaveChangesAsync(cancellationToken);
        return password;
    }

    private static string Kept(string? file)
    {
        if (file is not null && File.Exists(file)) return File.ReadAllText(file).Trim();
        // Without the letters and digits that are taken for one another.
        var password = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16);
        if (file is null) return password;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(password);
        return password;
    }
}
