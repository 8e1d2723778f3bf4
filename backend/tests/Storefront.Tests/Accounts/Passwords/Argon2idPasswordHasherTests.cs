using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Storefront.Accounts.Passwords;

namespace Storefront.Tests.Accounts.Passwords;

public sealed class Argon2idPasswordHasherTests
{
    private static readonly Argon2idPasswordHasher Hasher = new(Options.Create(new PasswordHasherOptions()));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("пароль 🔑 \u0000 ü")]
    [InlineData(" leading and trailing ")]
    public void The_right_password_is_right_and_another_is_wrong(string password)
    {
        var hash = Hasher.HashPassword(null!, password);
        Assert.Equal(PasswordVerificationResult.Success, Verify(hash, password));
        Assert.Equal(PasswordVerificationResult.Failed, Verify(hash, password + " "));
        Assert.Equal(PasswordVerificationResult.Failed, Verify(hash, password.ToUpperInvariant()));
        Assert.NotEqual(hash, Hasher.HashPassword(null!, password), StringComparer.Ordinal);
    }

    [Fact]
    public void A_hash_of_other_parameters_is_taken_and_asks_to_be_renewed() =>
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Verify(Weaker("password"), "password"));

    [Fact]
    public void A_hash_of_Identity_is_taken_and_asks_to_be_renewed()
    {
        foreach (var mode in (PasswordHasherCompatibilityMode[])[PasswordHasherCompatibilityMode.IdentityV2, PasswordHasherCompatibilityMode.IdentityV3])
        {
            var imported = new PasswordHasher<Storefront.Accounts.User>(Options.Create(new PasswordHasherOptions { CompatibilityMode = mode })).HashPassword(null!, "imported");
            Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Verify(imported, "imported"));
            Assert.Equal(PasswordVerificationResult.Failed, Verify(imported, "Imported"));
        }
    }

    [Theory]
    [InlineData("m=2147483647,t=2,p=1", 16, 32)]
    [InlineData("m=262145,t=1,p=1", 16, 32)]
    [InlineData("m=19456,t=17,p=1", 16, 32)]
    [InlineData("m=19456,t=2147483647,p=1", 16, 32)]
    [InlineData("m=19456,t=2,p=2", 16, 32)]
    [InlineData("m=1,t=1,p=1", 16, 32)]
    [InlineData("m=7,t=1,p=1", 16, 32)]
    [InlineData("m=8,t=1,p=1", 16, 1)]
    [InlineData("m=8,t=1,p=1", 16, 15)]
    [InlineData("m=8,t=1,p=1", 16, 1_000_000)]
    [InlineData("m=8,t=1,p=1", 8, 32)]
    [InlineData("m=8,t=1,p=1", 17, 32)]
    public void A_hash_of_hostile_parameters_is_wrong_and_costs_nothing(string parameters, int salt, int hash)
    {
        var text = $"$argon2id$v=19${parameters}${Zeros(salt)}${Zeros(hash)}";
        Assert.True(PhcString.TryParse(text, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(PasswordVerificationResult.Failed, Verify(text, "password"));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Theory]
    [InlineData("m=8,t=1,p=1", 16)]
    [InlineData("m=8,t=1,p=1", 64)]
    [InlineData("m=19456,t=2,p=1", 32)]
    public void The_least_that_is_taken_can_be_verified(string parameters, int hash) =>
        Assert.Equal(PasswordVerificationResult.Failed, Verify($"$argon2id$v=19${parameters}${Zeros(16)}${Zeros(hash)}", "password"));

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("AAAA")]
    [InlineData("AQAAAAIAAYag")]
    [InlineData("$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy")]
    public void What_is_no_hash_is_wrong_and_no_fault(string hash) => Assert.Equal(PasswordVerificationResult.Failed, Verify(hash, "password"));

    private static PasswordVerificationResult Verify(string hash, string password) => Hasher.VerifyHashedPassword(null!, hash, password);

    private static string Zeros(int length) => Convert.ToBase64String(new byte[length]).TrimEnd('=');

    private static string Weaker(string password)
    {
        var salt = new byte[16];
        var argon = new NSec.Cryptography.Argon2id(new NSec.Cryptography.Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 64, NumberOfPasses = 1 });
        return new PhcString(64, 1, 1, salt, argon.DeriveBytes(System.Text.Encoding.UTF8.GetBytes(password), salt, 32)).ToString();
    }
}
