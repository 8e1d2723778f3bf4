using Storefront.Local;

namespace Storefront.Tests.Local;

public sealed class LocalArgumentsTests
{
    [Fact]
    public void Own_words_are_taken_and_the_rest_goes_to_the_backend()
    {
        var parsed = LocalArguments.Parse(["--no-demo", "migrate", "--urls", "http://127.0.0.1:1", "--data", "d", "--Storefront:Issuer=me"]);
        Assert.True(parsed.Migrate);
        Assert.False(parsed.Demo);
        Assert.Equal("d", parsed.Data);
        Assert.Equal(["--urls", "http://127.0.0.1:1", "--Storefront:Issuer=me"], parsed.Rest);
    }

    [Theory]
    [InlineData("--nodemo")]
    [InlineData("migrat")]
    [InlineData("--urls")]
    [InlineData("--data")]
    public void A_word_that_means_nothing_is_refused_by_name(string word) =>
        Assert.Contains(word, Assert.Throws<LocalStartException>(() => LocalArguments.Parse([word])).Message, StringComparison.Ordinal);
}
