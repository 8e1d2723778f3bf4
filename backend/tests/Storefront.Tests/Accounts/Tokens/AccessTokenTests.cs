using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Tokens;

public sealed class AccessTokenTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

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
        await _host.Anonymous.ReadAsync($"/api/me?access_token={await _host.LogInAsync(person.Email)}").ShouldBeProblemAsync(401);
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
}
