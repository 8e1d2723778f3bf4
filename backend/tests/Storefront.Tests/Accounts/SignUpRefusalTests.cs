using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts;

public sealed class SignUpRefusalTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    public static TheoryData<string> BadBodies =>
    [
        "", "null", "[]", "\"text\"", "{", "{}", "{\"email\":",
        Body(email: "null"), Body(email: "\"\""), Body(email: "\"nobody\""), Body(email: "\"a@b@c\""), Body(email: "42"),
        Body(email: $"\"{new string('a', 250)}@example.com\""),
        Body(password: "null"), Body(password: "\"seven77\""), Body(password: $"\"{new string('p', 257)}\""),
        Body(name: "null"), Body(name: "\"\""), Body(name: $"\"{new string('n', 201)}\""),
        Body(age: "null"), Body(age: "0"), Body(age: "151"), Body(age: "-1"), Body(age: "42.5"), Body(age: "99999999999"), Body(age: "1e400"),
        Body(age: "{}"), Body(name: "\"\\ud800\""), Body(name: "\"a\\u0000b\""), Body(email: "\"a\\u0000b@example.com\""),
    ];

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_body_that_cannot_be_an_account_is_a_400_and_makes_none(string body)
    {
        var before = await CountAsync();
        await _host.Anonymous.PostTextAsync("/api/signup", body).ShouldBeProblemAsync(400);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task The_bounds_themselves_are_accepted()
    {
        var email = $"{Guid.NewGuid():N}@{new string('e', 217)}.com";
        Assert.Equal(254, email.Length);
        await _host.Anonymous.PostTextAsync("/api/signup", Body($"\"{email}\"", $"\"{new string('p', 256)}\"", $"\"{new string('n', 200)}\"", "150")).ShouldBeAsync(201);
        await _host.Anonymous.PostTextAsync("/api/signup", Body(password: "\"eight888\"", name: "\"n\"", age: "1")).ShouldBeAsync(201);
    }

    [Fact]
    public async Task Being_an_administrator_cannot_be_asked_for()
    {
        var email = People.NewEmail();
        await _host.Anonymous.PostTextAsync(
            "/api/signup", $$"""{"email":"{{email}}","password":"{{People.Password}}","name":"A","age":42,"isAdmin":true,"admin":true,"role":"admin"}""").ShouldBeAsync(201);
        Assert.False(await Sql.ScalarAsync<bool>(_host.ConnectionString, "SELECT is_admin FROM users WHERE email = $1", email));
    }

    private static string Body(string? email = null, string password = "\"correct horse battery\"", string name = "\"A Person\"", string age = "42") =>
        $$"""{"email":{{email ?? $"\"{People.NewEmail()}\""}},"password":{{password}},"name":{{name}},"age":{{age}}}""";

    private Task<long> CountAsync() => Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM users");
}
