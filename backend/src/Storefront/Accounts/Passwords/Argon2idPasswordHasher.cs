using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace Storefront.Accounts.Passwords;

/// <summary>
/// Argon2id at OWASP's minimum (19 MiB, two passes, one lane): about a third of the CPU time of Identity's default, and far
/// dearer to guess on a graphics card. Hashes of other parameters, and of Identity's PBKDF2, are taken and renewed at sign-in.
/// </summary>
internal sealed class Argon2idPasswordHasher(IOptions<PasswordHasherOptions> pbkdf2) : IPasswordHasher<User>
{
    private const int MemoryKiB = 19 * 1024;
    private const int Passes = 2;
    private const int HashLength = 32;
    private const int SaltLength = 16;

    // A stored hash decides what a verification costs: a row that somebody tampered with must not cost gigabytes.
    private const int MaxMemoryKiB = 256 * 1024;
    private const int MaxPasses = 16;

    // Below these libsodium refuses to derive; a hash of a few bytes would also be matched by chance.
    private const int MinMemoryKiB = 8;
    private const int MinHashLength = 16;
    private const int MaxHashLength = 64;

    private readonly PasswordHasher<User> _pbkdf2 = new(pbkdf2);
    private readonly PhcString _nobodys = new(MemoryKiB, Passes, 1, RandomNumberGenerator.GetBytes(SaltLength), new byte[HashLength]);

    public string HashPassword(User user, string password) => Hash(password);

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        if (!PhcString.TryParse(hashedPassword, out var phc)) return VerifyImported(user, hashedPassword, providedPassword);
        if (!IsBearable(phc)) return PasswordVerificationResult.Failed;
        if (!CryptographicOperations.FixedTimeEquals(Derive(providedPassword, phc), phc.Hash)) return PasswordVerificationResult.Failed;
        return phc is { Memory: MemoryKiB, Passes: Passes, Hash.Length: HashLength }
            ? PasswordVerificationResult.Success
            : PasswordVerificationResult.SuccessRehashNeeded;
    }

    /// <summary>As long as a real verification takes, for an address without an account: the time must not tell who has one.</summary>
    public void VerifyNobody(string providedPassword) => CryptographicOperations.FixedTimeEquals(Derive(providedPassword, _nobodys), _nobodys.Hash);

    private static bool IsBearable(PhcString phc) =>
        phc is { Lanes: 1, Memory: >= MinMemoryKiB and <= MaxMemoryKiB, Passes: <= MaxPasses, Salt.Length: SaltLength, Hash.Length: >= MinHashLength and <= MaxHashLength };

    private static string Hash(string password)
    {
        var phc = new PhcString(MemoryKiB, Passes, 1, RandomNumberGenerator.GetBytes(SaltLength), new byte[HashLength]);
        return (phc with { Hash = Derive(password, phc) }).ToString();
    }

    private static byte[] Derive(string password, PhcString phc)
    {
        var argon = new Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = phc.Memory, NumberOfPasses = phc.Passes });
        return argon.DeriveBytes(Encoding.UTF8.GetBytes(password), phc.Salt, phc.Hash.Length);
    }

    private PasswordVerificationResult VerifyImported(User user, string hash, string password)
    {
        try
        {
            return _pbkdf2.VerifyHashedPassword(user, hash, password) == PasswordVerificationResult.Failed
                ? PasswordVerificationResult.Failed
                : PasswordVerificationResult.SuccessRehashNeeded;
        }
        catch (FormatException)
        {
            return PasswordVerificationResult.Failed;
        }
    }
}
