using System.Net.Http.Headers;
using System.Text.Json;

namespace Roadworthy.Backend.Benchmarks.Sessions;

/// <summary>How a client of one of the sites signs in and refreshes.</summary>
/// <param name="client">To the site.</param>
/// <param name="path">Of the refresh.</param>
/// <param name="member">What answers call a refresh token.</param>
/// <param name="asked">The body that asks for the successor of a token.</param>
internal sealed class Tokens(HttpClient client, string path, string member, Func<string, HttpContent> asked)
{
    public static Tokens OfRoadworthy(HttpClient client) => new(client, "/api/token/refresh", "refreshToken", Json);

    public static Tokens OfIdentity(HttpClient client) => new(client, "/refresh", "refreshToken", Json);

    public static Tokens OfOpenIddict(HttpClient client) =>
        new(client, "/connect/token", "refresh_token", token => new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", token)]));

    public async Task<string> SignInAsync(int user)
    {
        using var response = await client.PostAsync($"/sign-in?user={user}", new FormUrlEncodedContent([new("grant_type", "password"), new("username", $"{user}"), new("password", "-"), new("scope", "offline_access")]));
        return await ReadAsync(response) ?? throw new InvalidOperationException($"Nobody could sign in: {response.StatusCode}.");
    }

    /// <returns>The token of the answer; null where it was refused.</returns>
    public async Task<string?> RefreshAsync(string token)
    {
        using var content = asked(token);
        using var response = await client.PostAsync(path, content);
        return await ReadAsync(response);
    }

    private async Task<string?> ReadAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode) return null;
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return answer.RootElement.GetProperty(member).GetString();
    }

    private static ByteArrayContent Json(string token) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new { refreshToken = token })) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
