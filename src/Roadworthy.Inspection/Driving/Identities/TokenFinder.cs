using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Driving;

/// <summary>The tokens of an answer, wherever it has them.</summary>
internal static partial class TokenFinder
{
    private const int Deepest = 6;

    public static Tokens Find(WireResponse response)
    {
        var found = new List<(string Name, string Value, int Score)>();
        Walk(response.Json, "", found, 0);
        foreach (var name in (string[])["Authorization", "X-Auth-Token", "X-Access-Token", "Access-Token", "Token", "X-Token"])
            if (response.Header(name) is { Length: > 8 } value) found.Add((name, value.Contains(' ', StringComparison.Ordinal) ? value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..] : value, 6));
        // An answer that is nothing but a token.
        if (response.Json is JsonValue bare && bare.GetValueKind() is JsonValueKind.String) AddIfJwt(bare.ToString());
        else if (response.Json is null) AddIfJwt(response.Text.Trim());
        var refresh = found.Where(each => each.Name.Contains("refresh", StringComparison.OrdinalIgnoreCase)).Select(each => each.Value).FirstOrDefault();
        var access = found.Where(each => !each.Name.Contains("refresh", StringComparison.OrdinalIgnoreCase)).OrderByDescending(each => each.Score).Select(each => each.Value).Distinct(StringComparer.Ordinal).Take(3).ToList();
        return new Tokens(access, refresh, Cookies(response));

        void AddIfJwt(string text)
        {
            if (Jwt().IsMatch(text)) found.Add(("token", text, 9));
        }
    }

    private static void Walk(JsonNode? node, string path, List<(string, string, int)> found, int depth)
    {
        if (depth > Deepest) return;
        if (node is JsonArray list) foreach (var item in list.Take(5)) Walk(item, path, found, depth + 1);
        if (node is not JsonObject of) return;
        foreach (var (name, value) in of)
        {
            if (value is not JsonValue scalar)
            {
                Walk(value, $"{path}/{name}", found, depth + 1);
                continue;
            }

            if (scalar.GetValueKind() is not JsonValueKind.String || scalar.ToString() is not { Length: > 8 and < 20_000 } text) continue;
            var plain = Names.Plain(name);
            var isJwt = Jwt().IsMatch(text);
            var score = plain switch
            {
                "accesstoken" or "access" => 8,
                "token" or "jwt" or "authtoken" or "jwttoken" or "bearertoken" or "bearer" => 7,
                "idtoken" or "sessiontoken" or "apikey" or "key" or "apitoken" => 4,
                _ when plain.Contains("token", StringComparison.Ordinal) && plain is not ("tokentype" or "csrftoken") => 3,
                _ => isJwt ? 2 : 0,
            };
            if (score > 0 && !text.Contains(' ', StringComparison.Ordinal)) found.Add(($"{path}/{name}", text, score + (isJwt ? 2 : 0)));
            else if (score > 0 && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) found.Add(($"{path}/{name}", text[7..], score + 2));
        }
    }

    private static Dictionary<string, string> Cookies(WireResponse response)
    {
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, value) in response.Headers.Where(header => header.Key.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)))
        {
            var pair = value.Split(';')[0];
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) cookies[pair[..at].Trim()] = pair[(at + 1)..].Trim();
        }

        return cookies;
    }

    [GeneratedRegex(@"^eyJ[\w-]+\.[\w-]+\.[\w-]*$")]
    private static partial Regex Jwt();
}

/// <param name="Access">The likeliest first.</param>
/// <param name="Cookies">That were set; an empty value takes one away.</param>
internal sealed record Tokens(IReadOnlyList<string> Access, string? Refresh, IReadOnlyDictionary<string, string> Cookies);
