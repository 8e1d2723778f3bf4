using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Tests.Findings;

public sealed class SecretScrubberTests
{
    [Theory]
    [InlineData("Authorization: Bearer abcdef123456", "abcdef123456")]
    [InlineData("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here", "eyJhbGciOiJIUzI1NiJ9")]
    [InlineData("{\"password\":\"hunter22\",\"age\":3}", "hunter22")]
    [InlineData("postgres://shop:s3cret@127.0.0.1:5432/shop", "s3cret")]
    [InlineData("Set-Cookie: sid=0123456789abcdef; Path=/", "0123456789abcdef")]
    [InlineData("{\"refreshToken\":\"zzzzyyyyxxxx\"}", "zzzzyyyyxxxx")]
    [InlineData("hash $2b$10$abcdefghijklmnopqrstuuVwxyzABCDEFGHIJKLMNOPQRSTUV012345", "abcdefghijklmnop")]
    [InlineData("x-api-key: 9f8e7d6c5b4a", "9f8e7d6c5b4a")]
    [InlineData("{\"body\":\"{\\\"password\\\":\\\"hunter22\\\"}\"}", "hunter22")]
    public void What_looks_like_a_secret_is_masked(string text, string secret)
    {
        var scrubbed = new SecretScrubber().Scrub(text);
        Assert.DoesNotContain(secret, scrubbed, StringComparison.Ordinal);
        Assert.Contains(SecretScrubber.Mask, scrubbed, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_used_is_masked_wherever_it_stands_the_longest_first()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("opaque-1");
        scrubber.Add("opaque-1234");
        scrubber.Add("a");
        Assert.Equal("a *** and ***!", scrubber.Scrub("a opaque-1234 and opaque-1!"));
    }

    [Theory]
    [InlineData("SELECT name FROM users WHERE id = $1")]
    [InlineData("{\"age\":42,\"name\":\"Ada\",\"createdAt\":\"2026-05-01T12:00:00Z\"}")]
    [InlineData("GET /api/orders/0196a1f0-0000-7000-8000-000000000001")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, new SecretScrubber().Scrub(text));

    [Fact]
    public void Control_characters_become_visible_and_lines_stay() =>
        Assert.Equal("a\u241b[31mb\nc\td\ufffd", new SecretScrubber().Scrub("a\u001b[31mb\nc\td\u202e"));
}
