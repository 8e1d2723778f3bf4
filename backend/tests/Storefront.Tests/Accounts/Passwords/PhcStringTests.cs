using FsCheck;
using FsCheck.Fluent;
using Storefront.Accounts.Passwords;

namespace Storefront.Tests.Accounts.Passwords;

public sealed class PhcStringTests
{
    private const string Good = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0OD/AAECAwQFBgcICQoLDA0OD";

    private static readonly Gen<PhcString> Hashes =
        from memory in Gen.Choose(1, int.MaxValue)
        from passes in Gen.Choose(1, int.MaxValue)
        from lanes in Gen.Choose(1, 255)
        from salt in Gen.NonEmptyListOf(ArbMap.Default.GeneratorFor<byte>())
        from hash in Gen.NonEmptyListOf(ArbMap.Default.GeneratorFor<byte>())
        select new PhcString(memory, passes, lanes, [.. salt], [.. hash]);

    [Fact]
    public void What_was_written_reads_as_it_was() => Check.QuickThrowOnFailure(Prop.ForAll(Hashes.ToArbitrary(), phc =>
        PhcString.TryParse(phc.ToString(), out var read)
        && (read.Memory, read.Passes, read.Lanes) == (phc.Memory, phc.Passes, phc.Lanes)
        && read.Salt.SequenceEqual(phc.Salt) && read.Hash.SequenceEqual(phc.Hash)));

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => PhcString.TryParse(text.Get, out _) || true));

    [Fact]
    public void No_damage_to_a_good_text_makes_the_parser_throw() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from at in Gen.Choose(0, Good.Length) from cut in Gen.Choose(0, 8) from put in ArbMap.Default.GeneratorFor<NonNull<string>>() select (at, cut, put)).ToArbitrary(),
        damage => PhcString.TryParse(string.Concat(Good.AsSpan(0, damage.at), damage.put.Get, Good.AsSpan(Math.Min(Good.Length, damage.at + damage.cut))), out _) || true));

    [Theory]
    [InlineData("")]
    [InlineData("$argon2id$v=19$")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$t=2,m=19456,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=0,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=-1,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=+1,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=99999999999,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=1,t=2,p=1$$AAAA")]
    [InlineData("$argon2id$v=19$m=1,t=2,p=1$AAAA$")]
    [InlineData("$argon2id$v=19$m=1,t=2,p=1$AAAA")]
    [InlineData("$argon2id$v=19$m=1,t=2,p=1$AAAA$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=1,t=2,p=1$A$AAAA")]
    [InlineData("$argon2id$v=19$m=1,t=2,p=1$AA-_$AAAA")]
    public void What_is_no_Argon2id_hash_is_not_read_as_one(string text) => Assert.False(PhcString.TryParse(text, out _));
}
