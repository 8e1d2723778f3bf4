using Microsoft.IdentityModel.JsonWebTokens;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class RequestLogTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_record_of_a_request_says_who_in_which_session_what_and_how_it_went()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var person = await host.SignUpAsync();
        var token = new JsonWebToken(person.Client.DefaultRequestHeaders.Authorization!.Parameter);
        var id = Guid.CreateVersion7();
        var problem = await person.Client.ReadAsync($"/api/orders/{id}").ShouldBeProblemAsync(404);

        var record = await host.RequestRecordAsync($"/api/orders/{id}");
        Assert.Equal("Information", record.GetProperty("level").GetString());
        Assert.Equal(problem.GetProperty("traceId").GetString(), record.GetProperty("traceId").GetString());
        Assert.Equal(person.Id.ToString(), record.GetProperty("userId").GetString());
        Assert.Equal(token.GetClaim("sid").Value, record.GetProperty("sessionId").GetString());
        Assert.Equal("/api/orders/{id}", record.GetProperty("route").GetString());
        Assert.Equal(404, record.GetProperty("state").GetProperty("Status").GetInt32());
        Assert.Equal("GET", record.GetProperty("state").GetProperty("Method").GetString());
    }

    [Fact]
    public async Task No_record_holds_a_password_a_token_or_an_address()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        const string password = "Zauberlehrling-4711";
        var email = $"distinctive.{Guid.NewGuid():N}@example.com";
        var account = new { email, password, name = "Distinctive Name", age = 42 };
        await host.Anonymous.PostValueAsync("/api/signup", account).ShouldBeAsync(201);
        await host.Anonymous.PostValueAsync("/api/signup", account).ShouldBeProblemAsync(409);
        await host.Anonymous.PostValueAsync("/api/signup", account with { age = 0 }).ShouldBeProblemAsync(400);
        await host.Anonymous.PostValueAsync("/api/signup", account with { name = "Distinctive Name\0" }).ShouldBeProblemAsync(400);
        await host.Anonymous.PostTextAsync("/api/login", $$"""{"email":"{{email}}","password":"{{password}}" """).ShouldBeProblemAsync(400);
        await host.Anonymous.PostTextAsync("/api/login", $$$"""{"email":"{{{email}}}","password":{"{{{password}}}":1}}""").ShouldBeProblemAsync(400);
        await host.Anonymous.PostValueAsync("/api/login", new { email, password = password + "!" }).ShouldBeProblemAsync(401);
        var token = await host.LogInAsync(email, password);
        using var client = host.Client(token);
        await client.ReadAsync("/api/me").ShouldBeAsync(200);
        await client.ReadAsync($"/api/dashboard?access_token={token}&email={email}").ShouldBeProblemAsync(403);
        using var tampered = host.Client(token[..^6] + "AAAAAA");
        await tampered.ReadAsync("/api/orders").ShouldBeProblemAsync(401);

        await host.RequestRecordAsync("/api/orders");
        var text = host.Records.Text;
        Assert.Contains("/api/signup", text, StringComparison.Ordinal);
        foreach (var secret in (string[])[password, email, email.ToUpperInvariant(), token, token.Split('.')[1], token.Split('.')[2][..40], "Distinctive Name"])
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }
}
