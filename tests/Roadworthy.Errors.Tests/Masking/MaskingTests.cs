using Roadworthy.Errors.Masking;

namespace Roadworthy.Errors.Tests.Masking;

public sealed class MaskingTests
{
    private readonly Masker _masker = new(["iban"]);

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("new_password")]
    [InlineData("db.passwd")]
    [InlineData("pwd")]
    [InlineData("client-secret")]
    [InlineData("accessToken")]
    [InlineData("Authorization")]
    [InlineData("Set-Cookie")]
    [InlineData("X-Api-Key")]
    [InlineData("api_key")]
    [InlineData("ConnectionStrings:Default")]
    [InlineData("PRIVATE KEY")]
    [InlineData("awsCredentials")]
    [InlineData("customer_IBAN")]
    public void A_secret_s_name_is_known_in_any_spelling(string name) => Assert.True(_masker.IsSecret(name));

    [Theory]
    [InlineData("token_type")]
    [InlineData("tokenCount")]
    [InlineData("PasswordLength")]
    [InlineData("PublicKeyToken")]
    [InlineData("expires_in")]
    [InlineData("email")]
    [InlineData("primaryKey")]
    [InlineData("")]
    public void A_fact_about_a_secret_is_none(string name) => Assert.False(_masker.IsSecret(name));

    [Theory]
    [InlineData("Host=db;Password=hunter2;Port=5432", "Host=db;Password=***;Port=5432")]
    [InlineData("Host=db;Password=correct hunter2", "Host=db;Password=***")]
    [InlineData("Host=db;Password=\"hun\"\"ter2;\";Port=1", "Host=db;Password=\"***\";Port=1")]
    [InlineData("Password = hunter2 was wrong", "Password = *** was wrong")]
    [InlineData("{\"password\": \"hunter2\", \"a\": 1}", "{\"password\": \"***\", \"a\": 1}")]
    [InlineData("{\\\"password\\\":\\\"hunter2\\\",\\\"a\\\":1}", "{\\\"password\\\":\\\"***\\\",\\\"a\\\":1}")]
    [InlineData("{\"password\": \"hunter2", "{\"password\": \"***")]
    [InlineData("Authorization: Basic aHVudGVyMg== x", "Authorization: ***")]
    [InlineData("got Bearer hunter2.x here", "got Bearer *** here")]
    [InlineData("sent basic dXNlcjpodW50ZXIy", "sent basic ***")]
    [InlineData("Token: Bearer hunter2 x", "Token: *** x")]
    [InlineData("Cookie: a=hunter2; b=hunter2\nnext", "Cookie: ***\nnext")]
    [InlineData("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.hunter2 end", "jwt *** end")]
    [InlineData("postgres://shop:hunter2@db:5432/x", "postgres://shop:***@db:5432/x")]
    [InlineData("postgres://shop:hun/ter2@db:5432/x", "postgres://shop:***@db:5432/x")]
    [InlineData("amqp://:hunter2@mq", "amqp://:***@mq")]
    [InlineData("/reset?token=hunter2&page=3", "/reset?token=***&page=3")]
    [InlineData("psql --password hunter2 -h db", "psql --password *** -h db")]
    [InlineData("<Password>hunter2</Password>", "<Password>***</Password>")]
    [InlineData("X-Api-Key: hunter2", "X-Api-Key: ***")]
    [InlineData("the api key=hunter2", "the api key=***")]
    [InlineData("customer_iban=hunter2", "customer_iban=***")]
    [InlineData("pwd='hunter2' pwd=hunter2", "pwd='***' pwd=***")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----")]
    public void A_secret_in_text_is_masked(string text, string expected)
    {
        var masked = _masker.Apply(text);

        Assert.DoesNotContain("hunter2", masked, StringComparison.Ordinal);
        Assert.Equal(expected, masked);
    }

    [Theory]
    [InlineData("The Password field is required.")]
    [InlineData("see https://example.com:8080/a@b and http://localhost:5000")]
    [InlineData("Could not load 'System.Text.Json, Version=10.0.0.0, PublicKeyToken=cc7b13ffcd2ddd51'")]
    [InlineData("Bearer token was missing, basic function of the token")]
    [InlineData("token_type=Bearer")]
    [InlineData("keyJoined and eyJ")]
    [InlineData("a -----END PRIVATE KEY----- alone")]
    public void Innocent_text_stays_as_it_is(string text) => Assert.Same(text, _masker.Apply(text));

    [Fact]
    public void A_secret_that_is_cut_by_the_bound_is_still_masked()
    {
        var text = new string('x', 90) + " postgres://shop:hunter2@db/x" + new string(' ', 5_000);

        var shown = _masker.Apply(text, 110, out var cut);

        Assert.DoesNotContain("hunter2", shown.ToString(), StringComparison.Ordinal);
        Assert.InRange(cut, 4_000, 6_000);
    }

    [Fact]
    public void Masking_takes_time_in_proportion_to_the_text()
    {
        foreach (var piece in (string[])["://a:b/", "password ", "Bearer ", "private key-----", "eyJ", "basic ", "token=\"", "--pwd "])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 80_000));
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            _masker.Apply(text);
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), $"{piece}: {System.Diagnostics.Stopwatch.GetElapsedTime(started)}");
        }
    }
}
