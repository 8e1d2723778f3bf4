using System.Net.Http.Json;
using System.Text.Json;

namespace Storefront.Tests.Support;

/// <summary>People who use the backend.</summary>
internal static class People
{
    public const string Password = "correct horse battery";

    private static int _number;

    public static string NewEmail() => $"person{Interlocked.Increment(ref _number)}@example.com";

    /// <summary>Signs somebody new up and in.</summary>
    public static async Task<Person> SignUpAsync(this StorefrontHost host, bool admin = false)
    {
        var email = NewEmail();
        var answer = await host.Anonymous.PostAsJsonAsync("/api/signup", new { email, password = Password, name = "A Person", age = 42 });
        var id = (await answer.ShouldBeAsync(201)).GetProperty("id").GetGuid();
        if (admin) await Sql.ExecuteAsync(host.ConnectionString, "UPDATE users SET is_admin = true WHERE id = $1", id);
        return new(id, email, host.Client(await host.LogInAsync(email)));
    }

    /// <summary>An access token.</summary>
    public static async Task<string> LogInAsync(this StorefrontHost host, string email, string password = Password)
    {
        var answer = await host.Anonymous.PostAsJsonAsync("/api/login", new { email, password });
        return (await answer.ShouldBeAsync(200)).GetProperty("accessToken").GetString()!;
    }
}

internal sealed record Person(Guid Id, string Email, HttpClient Client);

/// <summary>Expectations on answers whose failure shows the answer.</summary>
internal static class Answers
{
    public static async Task<JsonElement> ShouldBeAsync(this HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode != status)
        {
            Assert.Fail(
                $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery} answered {(int)answer.StatusCode} in place of {status}:\n{answer.Headers}\n{body}");
        }

        return body.Length == 0 || !body.StartsWith('{') ? default : JsonElement.Parse(body);
    }

    public static async Task<JsonElement> ShouldBeAsync(this Task<HttpResponseMessage> answer, int status) => await (await answer).ShouldBeAsync(status);

    /// <summary>A problem document with the type and a trace id, and nothing internal.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this Task<HttpResponseMessage> pending, int status, string? kind = null)
    {
        var answer = await pending;
        var problem = await answer.ShouldBeAsync(status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("traceId").GetString()));
        if (kind is not null) Assert.Equal($"urn:roadworthy:problem:{kind}", problem.GetProperty("type").GetString());
        Assert.DoesNotMatch("Npgsql|Exception|SELECT |   at |\\.cs:line", problem.GetRawText());
        return problem;
    }
}
