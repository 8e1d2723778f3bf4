using System.Net.Http.Json;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts;

public sealed class SignUpTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task Signing_up_answers_the_account_and_stores_what_was_sent()
    {
        var email = People.NewEmail();
        var answer = await SignUpAsync(email, age: 42).ShouldBeAsync(201);
        Assert.Equal(email, answer.GetProperty("email").GetString());
        Assert.Equal(42, answer.GetProperty("age").GetInt32());
        Assert.False(answer.TryGetProperty("passwordHash", out _));
        Assert.Equal(42, await Sql.ScalarAsync<int>(_host.ConnectionString, "SELECT age FROM users WHERE email = $1", email));
        var hash = await Sql.ScalarAsync<string>(_host.ConnectionString, "SELECT password_hash FROM users WHERE email = $1", email);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_address_is_a_409_in_whatever_case()
    {
        var email = People.NewEmail();
        await SignUpAsync(email).ShouldBeAsync(201);
        await SignUpAsync(email.ToUpperInvariant()).ShouldBeProblemAsync(409, "email-taken");
    }

    [Fact]
    public async Task Of_fifty_sign_ups_at_once_on_one_address_one_succeeds_and_the_rest_are_409()
    {
        var email = People.NewEmail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Asking.UntilToldAsync(() => SignUpAsync(email))));
        var statuses = answers.Select(answer => (int)answer.StatusCode).ToList();
        Assert.Equal(1, statuses.Count(status => status == 201));
        Assert.Equal(49, statuses.Count(status => status == 409));
        Assert.Equal(1L, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM users WHERE email = $1", email));
    }

    private Task<HttpResponseMessage> SignUpAsync(string email, int age = 42) =>
        _host.Anonymous.PostAsJsonAsync("/api/signup", new { email, password = People.Password, name = "A Person", age });
}
