using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Storefront.Accounts;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts;

public sealed class LogInTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task The_right_password_is_answered_with_a_token_that_says_who_and_in_which_session()
    {
        var person = await _host.SignUpAsync();
        var answer = await LogInAsync(person.Email, People.Password).ShouldBeAsync(200);
        Assert.Equal(900, answer.GetProperty("expiresIn").GetInt32());
        var token = new JsonWebToken(answer.GetProperty("accessToken").GetString());
        Assert.Equal(person.Id.ToString(), token.Subject);
        Assert.Equal("ES256", token.Alg);
        Assert.True(Guid.TryParse(token.GetClaim("sid").Value, out _));
        Assert.Equal(900, (token.ValidTo - token.IssuedAt).TotalSeconds);
        Assert.False(token.TryGetClaim("role", out _));
        Assert.False(token.TryGetClaim("email", out _));
    }

    [Fact]
    public async Task The_address_is_found_in_whatever_case_and_with_spaces_around_it()
    {
        var person = await _host.SignUpAsync();
        await LogInAsync($" {person.Email.ToUpperInvariant()} ", People.Password).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Two_log_ins_are_two_sessions()
    {
        var person = await _host.SignUpAsync();
        var first = new JsonWebToken(await _host.LogInAsync(person.Email));
        var second = new JsonWebToken(await _host.LogInAsync(person.Email));
        Assert.NotEqual(first.GetClaim("sid").Value, second.GetClaim("sid").Value, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"email":"a@example.com"}""")]
    [InlineData("""{"password":"correct horse battery"}""")]
    [InlineData("""{"email":{},"password":[]}""")]
    [InlineData("""{"email":"a\u0000@example.com","password":"correct horse battery"}""")]
    public async Task A_body_without_address_and_password_is_a_400(string body) =>
        await _host.Anonymous.PostTextAsync("/api/login", body).ShouldBeProblemAsync(400);

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike()
    {
        var person = await _host.SignUpAsync();
        var wrong = await ShownAsync(LogInAsync(person.Email, "wrong horse battery"));
        var unknown = await ShownAsync(LogInAsync(People.NewEmail(), "wrong horse battery"));
        Assert.Contains("\n401\n", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, unknown);
    }

    [Fact]
    public async Task An_account_without_a_password_is_answered_as_an_unknown_one()
    {
        var person = await _host.SignUpAsync();
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE users SET password_hash = NULL WHERE id = $1", person.Id);
        await LogInAsync(person.Email, People.Password).ShouldBeProblemAsync(401, "wrong-credentials");
    }

    [Fact]
    public async Task A_hash_imported_from_Identity_is_taken_and_renewed_as_Argon2id()
    {
        var person = await _host.SignUpAsync();
        var imported = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions())).HashPassword(null!, "imported password");
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE users SET password_hash = $1 WHERE id = $2", imported, person.Id);

        await LogInAsync(person.Email, "imported passw0rd").ShouldBeProblemAsync(401);
        Assert.Equal(imported, await HashAsync(person));
        await LogInAsync(person.Email, "imported password").ShouldBeAsync(200);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", await HashAsync(person), StringComparison.Ordinal);
        await LogInAsync(person.Email, "imported password").ShouldBeAsync(200);
    }

    [Theory]
    [InlineData("not a hash")]
    [InlineData("$argon2id$v=19$m=2147483647,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=1,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA")]
    public async Task A_stored_hash_that_is_none_is_a_401_and_never_a_500(string hash)
    {
        var person = await _host.SignUpAsync();
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE users SET password_hash = $1 WHERE id = $2", hash, person.Id);
        await LogInAsync(person.Email, People.Password).ShouldBeProblemAsync(401, "wrong-credentials");
    }

    private Task<HttpResponseMessage> LogInAsync(string email, string password) =>
        _host.Anonymous.PostValueAsync("/api/login", new { email, password });

    private Task<string> HashAsync(Person person) =>
        Sql.ScalarAsync<string>(_host.ConnectionString, "SELECT password_hash FROM users WHERE id = $1", person.Id);

    // All that a client sees, but for what differs in every answer.
    private static async Task<string> ShownAsync(Task<HttpResponseMessage> pending)
    {
        var answer = await pending;
        var body = await answer.Content.ReadAsStringAsync();
        var trace = System.Text.Json.JsonElement.Parse(body).GetProperty("traceId").GetString()!;
        answer.Headers.Date = null;
        return $"{answer.Headers}{answer.Content.Headers}\n{(int)answer.StatusCode}\n{body.Replace(trace, "", StringComparison.Ordinal)}";
    }
}
