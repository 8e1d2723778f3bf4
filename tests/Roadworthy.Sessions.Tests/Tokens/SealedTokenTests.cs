using System.Buffers.Text;
using System.Security.Cryptography;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Tests.Tokens;

public sealed class SealedTokenTests
{
    private static readonly RefreshKeys Keys = new([RandomNumberGenerator.GetBytes(32)]);

    [Fact]
    public void What_was_sealed_opens_to_the_same_and_is_72_characters_of_base64url()
    {
        var token = SealedToken.Create(Guid.CreateVersion7()).At(uint.MaxValue);
        var text = token.Seal(Keys);
        Assert.Equal(SealedToken.TextLength, text.Length);
        Assert.Matches("^[A-Za-z0-9_-]{72}$", text);
        Assert.True(SealedToken.TryOpen(text, Keys, out var opened));
        Assert.Equal(token, opened);
    }

    [Fact]
    public void The_successor_follows_from_the_token_and_the_key()
    {
        var token = SealedToken.Create(Guid.NewGuid());
        Assert.True(SealedToken.TryOpen(token.Seal(Keys), Keys, out var elsewhere));
        Assert.Equal(token.At(2).Seal(Keys), elsewhere.At(2).Seal(Keys));
    }

    [Fact]
    public void A_token_with_any_bit_changed_does_not_open()
    {
        var bytes = Base64Url.DecodeFromChars(SealedToken.Create(Guid.NewGuid()).Seal(Keys));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SealedToken.TryOpen(Base64Url.EncodeToString(bytes), Keys, out _), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Whatever_else_comes_is_refused_and_nothing_is_thrown()
    {
        var good = SealedToken.Create(Guid.NewGuid()).Seal(Keys);
        var random = new Random(4711);
        string[] odd = ["", " ", "=", good[1..], good + "A", good + "=", good + " ", " " + good[1..], new('A', 72), new('=', 72), new(' ', 72), new('\u00e9', 72), new('\ud800', 72), new('a', 1_000_000)];
        foreach (var text in odd) Assert.False(SealedToken.TryOpen(text, Keys, out _), text[..Math.Min(80, text.Length)]);
        for (var n = 0; n < 20_000; n++)
        {
            var text = good.ToCharArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--) text[random.Next(text.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 65536);
            if (!text.AsSpan().SequenceEqual(good)) Assert.False(SealedToken.TryOpen(text, Keys, out _), new string(text));
        }
    }

    [Fact]
    public void Another_fleets_key_opens_nothing_and_an_accepted_one_does()
    {
        byte[] old = RandomNumberGenerator.GetBytes(32), next = RandomNumberGenerator.GetBytes(32);
        var text = SealedToken.Create(Guid.NewGuid()).Seal(new([old]));
        Assert.False(SealedToken.TryOpen(text, new([next]), out _));
        Assert.True(SealedToken.TryOpen(text, new([next, old]), out var token));
        Assert.True(SealedToken.TryOpen(token.At(2).Seal(new([next, old])), new([old, next]), out _));
    }

    [Fact]
    public void Two_keys_with_one_id_are_both_tried()
    {
        var first = RandomNumberGenerator.GetBytes(32);
        var second = first;
        while (ReferenceEquals(first, second) || RefreshKey.From(second).Id != RefreshKey.From(first).Id) second = RandomNumberGenerator.GetBytes(32);
        var text = SealedToken.Create(Guid.NewGuid()).Seal(new([second]));
        Assert.True(SealedToken.TryOpen(text, new([first, second]), out _));
        Assert.False(SealedToken.TryOpen(text, new([first]), out _));
    }

    [Fact]
    public void Its_text_for_logs_shows_no_secret()
    {
        var token = SealedToken.Create(Guid.NewGuid());
        Assert.Equal($"generation 1 of session {token.Session}", $"{token}");
    }
}
