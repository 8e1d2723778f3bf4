using Roadworthy.Sessions.AccessTokens;

namespace Roadworthy.Sessions.Tests.AccessTokens;

public sealed class VerifiedSignaturesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(1_000)]
    public void No_more_are_remembered_than_may_be_and_the_last_of_them_always(int capacity)
    {
        var verified = new VerifiedSignatures(capacity);
        for (var n = 0; n < capacity * 3; n++)
        {
            verified.Add(Hash(n));
            Assert.True(verified.Contains(Hash(n)));
            Assert.InRange(verified.Count, 1, capacity);
        }

        Assert.False(verified.Contains(Hash(0)));
    }

    [Fact]
    public void What_is_in_use_stays_whatever_comes()
    {
        var verified = new VerifiedSignatures(100);
        verified.Add(Hash(-1));
        for (var n = 0; n < 10_000; n++)
        {
            verified.Add(Hash(n));
            if (n % 20 == 0) Assert.True(verified.Contains(Hash(-1)), $"It was gone after {n}.");
        }
    }

    [Fact]
    public void A_hash_is_of_what_was_signed_and_of_the_signature()
    {
        var signature = new byte[VerifiedSignatures.SignatureLength];
        var hash = VerifiedSignatures.HashOf("abc"u8, signature);
        Assert.Equal(hash, VerifiedSignatures.HashOf("abc"u8, signature));
        Assert.NotEqual(hash, VerifiedSignatures.HashOf("abd"u8, signature));
        Assert.NotEqual(hash, VerifiedSignatures.HashOf(""u8, signature));
        signature[^1] = 1;
        Assert.NotEqual(hash, VerifiedSignatures.HashOf("abc"u8, signature));
    }

    private static VerifiedSignatures.Hash Hash(int n) => VerifiedSignatures.HashOf(BitConverter.GetBytes(n), new byte[VerifiedSignatures.SignatureLength]);
}
