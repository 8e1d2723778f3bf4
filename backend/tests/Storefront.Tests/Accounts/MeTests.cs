using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts;

public sealed class MeTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task One_sees_ones_own_account_without_its_secrets()
    {
        var person = await _host.SignUpAsync();
        var me = await person.Client.ReadAsync("/api/me").ShouldBeAsync(200);
        Assert.Equal(person.Id, me.GetProperty("id").GetGuid());
        Assert.Equal(person.Email, me.GetProperty("email").GetString());
        Assert.False(me.GetProperty("admin").GetBoolean());
        Assert.EndsWith("Z", me.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
        Assert.Equal("admin age createdAt email emailConfirmed id name", string.Join(' ', me.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_change_changes_what_it_names_and_nothing_else()
    {
        var person = await _host.SignUpAsync();
        var other = await _host.SignUpAsync();
        var renamed = await person.Client.PatchTextAsync("/api/me", """{"name":"Ada \"L\" 🚀","age":null,"admin":true,"email":"x@example.com"}""").ShouldBeAsync(200);
        Assert.Equal("Ada \"L\" 🚀", renamed.GetProperty("name").GetString());
        Assert.Equal(42, renamed.GetProperty("age").GetInt32());
        Assert.False(renamed.GetProperty("admin").GetBoolean());
        Assert.Equal(person.Email, renamed.GetProperty("email").GetString());

        var older = await person.Client.PatchTextAsync("/api/me", """{"age":43}""").ShouldBeAsync(200);
        Assert.Equal(43, older.GetProperty("age").GetInt32());
        Assert.Equal("Ada \"L\" 🚀", older.GetProperty("name").GetString());
        Assert.Equal("A Person", (await other.Client.ReadAsync("/api/me").ShouldBeAsync(200)).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"age":0}""")]
    [InlineData("""{"age":151}""")]
    [InlineData("""{"age":"old"}""")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"  "}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"name":"a\u0000b"}""")]
    [InlineData("""{"name":{}}""")]
    public async Task A_change_that_makes_no_account_is_a_400_and_changes_nothing(string body)
    {
        var person = await _host.SignUpAsync();
        await person.Client.PatchTextAsync("/api/me", body).ShouldBeProblemAsync(400);
        var me = await person.Client.ReadAsync("/api/me").ShouldBeAsync(200);
        Assert.Equal("A Person", me.GetProperty("name").GetString());
        Assert.Equal(42, me.GetProperty("age").GetInt32());
    }
}
