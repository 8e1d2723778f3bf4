using Storefront.Tests.Support;

namespace Storefront.Tests.Pages;

public sealed class FormTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task A_form_without_this_browsers_token_does_nothing()
    {
        using var visit = new Visit(_host);
        using var other = new Visit(_host);
        var email = People.NewEmail();
        (string, string)[] fields = [("name", "A Person"), ("email", email), ("age", "42"), ("password", People.Password)];
        foreach (var token in (string?[])[null, "", "junk", await other.TokenAsync("/signup")])
        {
            var answer = await visit.SendAsync("/signup", token, fields);
            await answer.ShouldBeAsync(400);
            Assert.Contains("This form is no longer good", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal(0, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM users WHERE email = $1", email));
        await (await visit.SendAsync("/signup", await visit.TokenAsync("/signup"), fields)).ShouldBeAsync(302);
    }

    [Fact]
    public async Task A_form_that_can_not_be_read_is_a_400_and_nobodys_failure()
    {
        using var visit = new Visit(_host);
        var token = await visit.TokenAsync("/signup");
        var answer = await visit.PostAsync("/signup", new StringContent($"__RequestVerificationToken={token}&name=a%00b", System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"));
        await answer.ShouldBeAsync(400);
        Assert.Contains("text/html", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Records.Errors(), record => record.GetRawText().Contains("null characters", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_site_can_not_log_anybody_out_and_the_form_of_somebody_else_does_not_either()
    {
        using var visit = new Visit(_host);
        await visit.SignUpAsync(People.NewEmail());
        var stranger = await visit.TokenAsync("/login");
        foreach (var token in (string?[])[null, stranger]) await (await visit.SendAsync("/logout", token)).ShouldBeAsync(400);
        await (await visit.OpenAsync("/account")).ShouldBeAsync(200);
        await (await visit.SendAsync("/logout", await visit.TokenAsync("/account"))).ShouldBeAsync(302);
        await (await visit.OpenAsync("/account")).ShouldBeAsync(303);
    }

    [Fact]
    public async Task The_api_takes_no_pages_cookie()
    {
        using var visit = new Visit(_host);
        await visit.SignUpAsync(People.NewEmail());
        await visit.OpenAsync("/api/me").ShouldBeProblemAsync(401, "unauthorized");
        await visit.SendAsync("/api/logout", token: null).ShouldBeProblemAsync(415);
    }

    [Fact]
    public async Task Two_instances_take_each_others_forms_and_cookies()
    {
        await using var second = await StorefrontHost.StartAsync(_host.ConnectionString);
        using var visit = new Visit(_host);
        var token = await visit.TokenAsync("/signup");
        var email = People.NewEmail();
        // Cookies of one machine are for all of its ports, as a balancer's are for all instances behind it.
        using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = visit.Cookies }) { BaseAddress = second.Address };
        var answer = await there.PostAsync("/signup", new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = "A Person",
            ["email"] = email,
            ["age"] = "42",
            ["password"] = People.Password,
            ["__RequestVerificationToken"] = token,
        }));
        await answer.ShouldBeAsync(302);
        await (await there.GetAsync("/account")).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Guessing_on_the_page_waits_as_guessing_at_the_api_does()
    {
        var person = await _host.SignUpAsync();
        using var visit = new Visit(_host);
        for (var n = 0; n < 5; n++) await (await visit.SendAsync("/login", ("email", person.Email), ("password", "wrong wrong"))).ShouldBeAsync(400);
        // However slow this machine is, the wait is not over yet.
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE log_in_attempts SET blocked_until = now() + interval '1 hour'");
        var slowed = await visit.SendAsync("/login", ("email", person.Email), ("password", People.Password));
        await slowed.ShouldBeAsync(429);
        Assert.NotNull(slowed.Headers.RetryAfter);
        await _host.Anonymous.PostValueAsync("/api/login", new { email = person.Email, password = People.Password }).ShouldBeProblemAsync(429, "too-many-attempts");
    }

    [Theory]
    [InlineData("age", "")]
    [InlineData("age", "NaN")]
    [InlineData("age", "42.5")]
    [InlineData("age", "1e999")]
    [InlineData("age", "151")]
    [InlineData("name", " ")]
    [InlineData("email", "a@")]
    [InlineData("password", "1234567")]
    public async Task The_page_refuses_what_the_api_refuses(string field, string value)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "A Person", ["email"] = People.NewEmail(), ["age"] = "42", ["password"] = People.Password };
        fields[field] = value;
        await _host.Anonymous.PostValueAsync("/api/signup", fields).ShouldBeProblemAsync(400, "invalid-input");
        using var visit = new Visit(_host);
        var answer = await visit.SendAsync("/signup", [.. fields.Select(pair => (pair.Key, pair.Value))]);
        await answer.ShouldBeAsync(400);
        Assert.Contains($"id=\"{field}-error\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(People.Password, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_comes_twice_and_a_form_of_ten_thousand_fields_are_refused_without_an_error_record()
    {
        using var visit = new Visit(_host);
        (string, string)[] fields = [("name", "A Person"), ("email", People.NewEmail()), ("age", "42"), ("age", "43"), ("password", People.Password)];
        await (await visit.SendAsync("/signup", fields)).ShouldBeAsync(400);
        // ASP.NET Core's own reader of forms takes no NUL.
        await (await visit.SendAsync("/signup", ("name", "a\0b"))).ShouldBeAsync(400);
        await (await visit.SendAsync("/signup", [.. Enumerable.Range(0, 10_000).Select(n => ($"f{n}", "x"))])).ShouldBeAsync(400);
        Assert.DoesNotContain(_host.Records.All, record => record.GetProperty("level").GetString() is "Error" or "Critical");
    }
}
