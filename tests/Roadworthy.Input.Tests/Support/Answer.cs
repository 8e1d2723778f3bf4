using System.Text.Json;

namespace Roadworthy.Input.Tests.Support;

internal sealed record Answer(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Problem
    {
        get
        {
            Assert.True(ContentType is "application/problem+json", $"{Status} {ContentType}: {Body}");
            return JsonElement.Parse(Body);
        }
    }

    /// <summary>The errors as "key rule", in their order.</summary>
    public string[] Rules
    {
        get
        {
            Assert.True(Status == 400, $"{Status}: {Body}");
            return [.. Problem.GetProperty("rules").EnumerateObject().SelectMany(key => key.Value.EnumerateArray().Select(rule => $"{key.Name} {rule}"))];
        }
    }

    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync());

    public string[] Messages(string key) => [.. Problem.GetProperty("errors").GetProperty(key).EnumerateArray().Select(message => message.GetString()!)];

    public void IsOk(string body)
    {
        Assert.True(Status == 200, $"{Status}: {Body}");
        Assert.Equal(body, Body);
    }

    public void IsProblem(int status, string kind)
    {
        Assert.True(Status == status, $"{Status} in place of {status}: {Body}");
        Assert.Equal("urn:roadworthy:problem:" + kind, Problem.GetProperty("type").GetString());
        Assert.Equal(status, Problem.GetProperty("status").GetInt32());
    }
}
