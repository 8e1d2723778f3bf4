using FsCheck;
using FsCheck.Fluent;
using Roadworthy.Idempotency.Keys;

namespace Roadworthy.Idempotency.Tests.Keys;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324")]
    [InlineData("\"8e03978e\"", "8e03978e")]
    [InlineData("  \"8e03978e\"\t", "8e03978e")]
    [InlineData("\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("a\"b", "a\"b")]
    [InlineData("!~", "!~")]
    public void A_key_is_read_with_and_without_quotes(string header, string expected)
    {
        Assert.True(IdempotencyKey.TryParse(header, out var key));
        Assert.Equal(expected, key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("\"a")]
    [InlineData("\"a\\\"")]
    [InlineData("\"a\\")]
    [InlineData("\"a\\b\"")]
    [InlineData("\"a\"b")]
    [InlineData("\"a\";x=1")]
    [InlineData("a b")]
    [InlineData("\"a b\"")]
    [InlineData("a\u007f")]
    [InlineData("ключ")]
    [InlineData("a\0")]
    public void What_is_none_is_refused(string? header) => Assert.False(IdempotencyKey.TryParse(header, out _));

    [Fact]
    public void The_longest_key_is_255_characters_with_and_without_quotes()
    {
        Assert.True(IdempotencyKey.TryParse(new string('k', 255), out _));
        Assert.True(IdempotencyKey.TryParse($"\"{new string('k', 255)}\"", out _));
        Assert.False(IdempotencyKey.TryParse(new string('k', 256), out _));
        Assert.False(IdempotencyKey.TryParse($"\"{new string('k', 256)}\"", out _));
    }

    [Fact]
    public void Every_key_of_visible_characters_is_the_same_key_in_quotes()
    {
        var visible = Gen.Choose('!', '~').Select(c => (char)c).NonEmptyListOf().Select(characters => string.Concat(characters)).Where(key => key is [not '"', ..] && key.Length <= 255);
        Prop.ForAll(visible.ToArbitrary(), key =>
            IdempotencyKey.TryParse(key, out var bare) && bare == key
            && IdempotencyKey.TryParse($"\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", out var quoted) && quoted == key)
            .QuickCheckThrowOnFailure();
    }
}
