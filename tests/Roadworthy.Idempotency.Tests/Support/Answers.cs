using System.Text.Json;

namespace Roadworthy.Idempotency.Tests.Support;

/// <summary>What was answered, in full.</summary>
internal static class Answers
{
    private static readonly HashSet<string> OfTheMoment = new(StringComparer.OrdinalIgnoreCase) { "Date" };

    /// <summary>Status, headers and bytes: two answers that are the same show the same.</summary>
    public static async Task<string> WholeAsync(this HttpResponseMessage answer)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheMoment.Contains(header.Key))
            .Select(header => $"{header.Key}: {string.Join(" | ", header.Value)}").Order(StringComparer.Ordinal);
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync())}";
    }

    public static async Task<JsonElement> ShouldBeAsync(this Task<HttpResponseMessage> pending, int status, string? type = null)
    {
        var answer = await pending;
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} in place of {status}: {body}");
        var json = body.StartsWith('{') ? JsonElement.Parse(body) : default;
        if (type is not null) Assert.Equal($"urn:roadworthy:problem:{type}", json.GetProperty("type").GetString());
        return json;
    }
}
