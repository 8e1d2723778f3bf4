using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Tokens;

public sealed class AccessTokenTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task The_forge_makes_good_tokens_where_it_changes_nothing()
    {
        var person = await _host.SignUpAsync();
        await AskAsync(new TokenForge(_host, person.Id).Mint()).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Every_forged_token_is_a_401()
    {
        var person = await _host.SignUpAsync();
        foreach (var (name, make) in new TokenForge(_host, person.Id).Forgeries)
        {
            var answer = await AskAsync(make());
            Assert.True((int)answer.StatusCode == 401, $"A token with the fault '{name}' was answered with {(int)answer.StatusCode}.");
            await Task.FromResult(answer).ShouldBeProblemAsync(401, "unauthorized");
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer x y")]
    [InlineData("x")]
    public async Task Another_Authorization_header_is_a_401(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        await _host.Anonymous.AskAsync(request).ShouldBeProblemAsync(401, "unauthorized");
    }

    [Fact]
    public async Task A_token_in_the_query_counts_for_nothing()
    {
        var person = await _host.SignUpAsync();
        await _host.Anonymous.ReadAsync($"/api/me?access_token={new TokenForge(_host, person.Id).Mint()}").ShouldBeProblemAsync(401);
    }

    [Theory]
    [InlineData(-14, 200)]
    [InlineData(-16, 401)]
    [InlineData(0, 200)]
    public async Task A_token_of_the_backends_own_is_good_for_a_quarter_of_an_hour(int mintedMinutesFromNow, int status)
    {
        var person = await _host.SignUpAsync();
        var token = new TokenForge(_host, person.Id).Mint(token =>
        {
            var minted = DateTime.UtcNow.AddMinutes(mintedMinutesFromNow);
            (token.IssuedAt, token.NotBefore, token.Expires) = (minted, minted, minted.AddMinutes(15));
        });
        await AskAsync(token).ShouldBeAsync(status);
    }

    [Fact]
    public async Task A_token_of_a_deleted_account_is_a_401_where_it_would_read_or_change_its_own()
    {
        var person = await _host.SignUpAsync();
        var sku = await _host.AddProductAsync();
        await Sql.ExecuteAsync(_host.ConnectionString, "DELETE FROM users WHERE id = $1", person.Id);
        await person.Client.ReadAsync("/api/me").ShouldBeProblemAsync(401, "account-gone");
        await person.Client.PatchTextAsync("/api/me", """{"age":43}""").ShouldBeProblemAsync(401, "account-gone");
        await person.Client.OrderAsync((sku, 1)).ShouldBeProblemAsync(401, "account-gone");
        Assert.Equal(10, await _host.StockAsync(sku));
    }

    private async Task<HttpResponseMessage> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await _host.Anonymous.AskAsync(request);
    }
}
