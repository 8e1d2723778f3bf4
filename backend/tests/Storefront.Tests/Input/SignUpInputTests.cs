using System.Text.Json;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input;

/// <summary>What people send in place of an age, an address, a name or a password, and what becomes of it.</summary>
public sealed class SignUpInputTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private const string InvalidInput = "invalid-input";

    private readonly StorefrontHost _host = fixture.Host;

    [Theory]
    [InlineData("\"42\"")]
    [InlineData("\" 42 \"")]
    [InlineData("\"42.0\"")]
    [InlineData("42.0")]
    [InlineData("4.2e1")]
    [InlineData("42")]
    [InlineData("420e-1")]
    [InlineData("\"\\t42\\n\"")]
    public async Task An_age_that_means_42_is_stored_as_42(string age)
    {
        var email = People.NewEmail();
        var answer = await _host.Anonymous.PostTextAsync("/api/signup", Body(email, $",\"age\":{age}")).ShouldBeAsync(201);
        Assert.Equal(42, answer.GetProperty("age").GetInt32());
        Assert.Equal(42, await Sql.ScalarAsync<int>(_host.ConnectionString, "SELECT age FROM users WHERE email = $1", email));
    }

    [Theory]
    [InlineData("\"\"", "required")]
    [InlineData("null", "required")]
    [InlineData(null, "required")]
    [InlineData("\"NaN\"", "type")]
    [InlineData("-1", "range")]
    [InlineData("\"x\"", "type")]
    [InlineData("99999999999", "range")]
    [InlineData("\"４２\"", "type")]
    [InlineData("true", "type")]
    [InlineData("[42]", "type")]
    [InlineData("1e400", "range")]
    [InlineData("\"0x2a\"", "type")]
    [InlineData("\"1e400\"", "range")]
    [InlineData("42.5", "type")]
    [InlineData("0", "range")]
    [InlineData("151", "range")]
    [InlineData("{}", "type")]
    [InlineData("\"4\\u0000\"", null)]
    public async Task An_age_that_is_none_is_refused_by_name(string? age, string? rule)
    {
        var email = People.NewEmail();
        var problem = await RefusedAsync(Body(email, age is null ? "" : $",\"age\":{age}"));
        Assert.Equal("/age", Keys(problem));
        if (rule is not null) Assert.Equal(rule, problem.GetProperty("rules").GetProperty("/age")[0].GetString());
        await NoAccountAsync(email);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var before = await CountAsync();
        var problem = await RefusedAsync("""{"email":5,"age":-1,"name":""}""");
        Assert.Equal("/age /email /name /password", Keys(problem));
        Assert.Equal(
            "/age range, /email type, /name required, /password required",
            string.Join(", ", problem.GetProperty("rules").EnumerateObject().OrderBy(rules => rules.Name, StringComparer.Ordinal).Select(rules => $"{rules.Name} {rules.Value[0]}")));
        Assert.False(problem.TryGetProperty("truncated", out _));
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("""{"email":"cut@example.com","age":4""")]
    [InlineData("""{"email":"cut@example.com","na""")]
    [InlineData("""{"email":"cut@exam""")]
    [InlineData("{")]
    public async Task JSON_that_ends_too_early_says_where(string body)
    {
        var problem = await RefusedAsync(body);
        var rules = problem.GetProperty("rules").EnumerateObject().Single();
        Assert.Equal("syntax", rules.Value[0].GetString());
        Assert.Matches($"\\b{body.Length}\\b", problem.GetProperty("errors").GetProperty(rules.Name)[0].GetString()!);
    }

    [Fact]
    public async Task What_is_wrong_before_the_JSON_breaks_off_is_told_too()
    {
        var problem = await RefusedAsync("""{"email":5,"age":"x","name":""");
        Assert.Contains("/email", Keys(problem).Split(' '), StringComparer.Ordinal);
        Assert.Contains("/age", Keys(problem).Split(' '), StringComparer.Ordinal);
        Assert.DoesNotContain("/password", Keys(problem), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"a\u0000b@example.com")]
    [InlineData(@"ab@example.com\u0000")]
    [InlineData(@"\ud800ab@example.com")]
    [InlineData(@"ab@example\udfff.com")]
    public async Task An_address_that_PostgreSQL_or_UTF_8_can_not_hold_is_refused_by_name(string email)
    {
        var before = await CountAsync();
        var problem = await RefusedAsync($$"""{"email":"{{email}}","password":"{{People.Password}}","name":"A Person","age":42}""");
        Assert.Equal("/email", Keys(problem));
        Assert.Equal("text", problem.GetProperty("rules").GetProperty("/email")[0].GetString());
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Spaces_around_an_address_are_not_part_of_it_and_around_a_password_they_are()
    {
        var email = People.NewEmail();
        var answer = await _host.Anonymous.PostTextAsync(
            "/api/signup", $$"""{"email":" \t{{email}}\n ","password":" {{People.Password}} ","name":" A Person ","age":42}""").ShouldBeAsync(201);
        Assert.Equal(email, answer.GetProperty("email").GetString());
        Assert.Equal(" A Person ", answer.GetProperty("name").GetString());
        Assert.Equal(email, await Sql.ScalarAsync<string>(_host.ConnectionString, "SELECT email FROM users WHERE id = $1", answer.GetProperty("id").GetGuid()));
        await _host.Anonymous.PostValueAsync("/api/login", new { email, password = People.Password }).ShouldBeProblemAsync(401, "wrong-credentials");
        await _host.Anonymous.PostValueAsync("/api/login", new { email = $" {email} ", password = $" {People.Password} " }).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_pair_of_surrogates_is_a_character()
    {
        var email = People.NewEmail();
        await _host.Anonymous.PostTextAsync("/api/signup", $$"""{"email":"{{email}}","password":"{{People.Password}}","name":"Ada \ud83d\ude80","age":42}""").ShouldBeAsync(201);
        Assert.Equal("Ada 🚀", await Sql.ScalarAsync<string>(_host.ConnectionString, "SELECT name FROM users WHERE email = $1", email));
    }

    [Fact]
    public async Task No_value_that_came_is_in_the_answer()
    {
        var problem = await RefusedAsync("""{"email":"secret-1","password":"s-2","name":{"secret-3":"secret-4"},"age":"secret-5"}""");
        Assert.DoesNotMatch("secret|s-2", problem.GetRawText());
    }

    private static string Body(string email, string rest) => $$"""{"email":"{{email}}","password":"{{People.Password}}","name":"A Person"{{rest}}}""";

    private static string Keys(JsonElement problem) =>
        string.Join(' ', problem.GetProperty("errors").EnumerateObject().Select(errors => errors.Name).Order(StringComparer.Ordinal));

    private Task<JsonElement> RefusedAsync(string body) => _host.Anonymous.PostTextAsync("/api/signup", body).ShouldBeProblemAsync(400, InvalidInput);

    private async Task NoAccountAsync(string email) =>
        Assert.Equal(0L, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM users WHERE email = $1", email));

    private Task<long> CountAsync() => Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM users");
}
